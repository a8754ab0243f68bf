// SPDX-License-Identifier: Apache-2.0

const HEADER = /^packages\/native\/src\/(?!gen\/|wire\/).*\.h$/;
/** A function of a header that takes text or bytes and is called a parser, or calls its first argument a text. */
const PARSER =
  /^(?!inline|template)[\w:].*?\b(?:(parse_\w+)\(std::(?:string_view|span<)|(\w+)\(std::string_view text\b)/gm;
const GENERATED = /^packages\/native\/src\/gen\/.*\.gen\.h$/;
const REQUEST = /^inline bool (\w+Request)::parse\(/gm;
const FUZZ = /^packages\/native\/fuzz\/.*_fuzz\.cc$/;
const TARGET = /^FUZZ_TARGET\((\w+)\)|\bparse<gen::(\w+)>/gm;

const named = (files, where, pattern) =>
  files
    .filter(({ path }) => where.test(path))
    .flatMap(({ path, text }) => [...text.matchAll(pattern)].map((found) => ({ path, name: found[1] ?? found[2] })));

/** What reads bytes of others is fuzzed: every parser of a kernel's file, and every request. */
export const fuzzTargets = {
  name: "fuzz targets",
  inspect: (files) => {
    const fuzzed = new Set(named(files, FUZZ, TARGET).map(({ name }) => name));
    const parsers = [...named(files, HEADER, PARSER), ...named(files, GENERATED, REQUEST)];
    return parsers
      .filter(({ name }) => !fuzzed.has(name))
      .map(({ path, name }) => `${path}: ${name} has no fuzz target in packages/native/fuzz`);
  },
  bad: [
    ["packages/native/src/linux/a.h", "Hosts parse_hosts(std::string_view text);\n"],
    ["packages/native/src/linux/a.h", "std::optional<int> parse_row(std::span<const std::byte> row);\n"],
    ["packages/native/src/posix/a.h", "std::uint32_t count_cpus(std::string_view text);\n"],
    ["packages/native/src/gen/a.gen.h", "inline bool AskRequest::parse(std::string_view bytes) {\n"],
  ],
  good: [
    ["packages/native/src/linux/a.h", "inline std::string_view trimmed(std::string_view text) {\n"],
    ["packages/native/src/linux/a.h", "// parse_hosts(std::string_view text)\nint hosts(std::string_view name);\n"],
    ["packages/native/src/dispatch.h", "std::optional<Request> parse_request(const CallPtr& call) {\n"],
    ["packages/native/src/gen/a.gen.h", "inline bool Ref::parse(std::string_view bytes, Ref& out) {\n"],
  ],
};
