{
  "variables": {
    # The folder below src that answers for this OS; "unsupported" compiles anywhere. See README.md.
    "hostscope_backend%": "<!(node -p \"({ linux: 'linux', win32: 'windows' })[process.platform] ?? 'unsupported'\")",
    "hostscope_platform": "<!(node -p \"({ win32: 'windows', darwin: 'macos' })[process.platform] ?? process.platform\")",
    "hostscope_version": "<!(node -p \"require('./package.json').version\")",
  },
  "targets": [
    {
      "target_name": "hostscope",
      "sources": ["<!@(node sources.cjs <(hostscope_backend))"],
      "include_dirs": ["src", "<!(node -p \"require('node-addon-api').include_dir\")"],
      "defines": [
        "NAPI_VERSION=8",
        "NAPI_DISABLE_CPP_EXCEPTIONS",
        # In a worker thread that is being terminated nothing can be thrown any more; that is no reason to abort.
        "NODE_API_SWALLOW_UNTHROWABLE_EXCEPTIONS",
        "HOSTSCOPE_VERSION=\"<(hostscope_version)\"",
        "HOSTSCOPE_PLATFORM=\"<(hostscope_platform)\"",
      ],
      "cflags_cc": [
        "-std=c++20", "-O2", "-Wall", "-Wextra", "-Werror", "-fvisibility=hidden", "-ffunction-sections", "-fdata-sections",
        # Only for starting threads, which fails by throwing; none crosses Node-API.
        "-fexceptions",
      ],
      "cflags_cc/": [["exclude", "^-std=(?!c\\+\\+20)"], ["exclude", "^-fno-exceptions$"]],
      "cflags!": ["-O3"],
      "conditions": [
        ["hostscope_backend=='windows'", {
          "libraries": ["iphlpapi.lib", "ws2_32.lib", "advapi32.lib"],
          "defines": ["UNICODE", "NOMINMAX", "WIN32_LEAN_AND_MEAN", "_WIN32_WINNT=0x0A00"],
        }],
        ["OS=='linux'", {
          "ldflags": [
            # The C++ library of the machine that builds is newer than that of many machines that run this.
            "-static-libstdc++", "-static-libgcc",
            # What of it is not used must not ask for a newer C library.
            "-Wl,--gc-sections",
            "-Wl,--version-script,../src/addon/exports.map",
            # A thread that is stuck in the kernel may come back after the last environment that loaded this has ended.
            "-Wl,-z,nodelete",
          ],
        }],
        ["OS=='mac'", {
          "xcode_settings": {
            "CLANG_CXX_LANGUAGE_STANDARD": "c++20",
            "GCC_ENABLE_CPP_EXCEPTIONS": "YES",
            "GCC_SYMBOLS_PRIVATE_EXTERN": "YES",
            "OTHER_CPLUSPLUSFLAGS": ["-Wall", "-Wextra", "-Werror"],
          },
        }],
        ["OS=='win'", {
          "msvs_settings": { "VCCLCompilerTool": { "ExceptionHandling": 1, "AdditionalOptions": ["/std:c++20", "/W4"] } },
        }],
      ],
    },
  ],
}
