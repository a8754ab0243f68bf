// SPDX-License-Identifier: Apache-2.0
// Generated from hostscope/v1/win_service.proto by protoc-gen-hostscope-cpp; do not edit.
#ifndef HOSTSCOPE_GEN_WIN_SERVICE_H_
#define HOSTSCOPE_GEN_WIN_SERVICE_H_

#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "gen/common.gen.h"
#include "gen/win_service_values.gen.h"
#include "wire/reader.h"
#include "wire/writer.h"

namespace hostscope::gen {

class WinServiceIterRequestWriter;
class WinServiceIterResponseWriter;
class WinServiceGetRequestWriter;
class WinServiceGetResponseWriter;

// Request of WinService.WinServiceIter.
class WinServiceIterRequestWriter {
 public:
  explicit WinServiceIterRequestWriter(wire::Writer& writer) : writer_(writer) {}

  // Attributes to read; none means the names alone. INVALID_ARGUMENT for a number that is no attribute; duplicates are
  // harmless.
  void attributes(std::span<const WinServiceAttribute> values) {
    writer_.put_packed_varint<1>(values, &wire::Writer::sign_extend<WinServiceAttribute>);
  }

 private:
  wire::Writer& writer_;
};

// Response of WinService.WinServiceIter.
class WinServiceIterResponseWriter {
 public:
  explicit WinServiceIterResponseWriter(wire::Writer& writer) : writer_(writer) {}

  // When the collection began.
  template <class Fill>
  void sample(Fill&& fill) {
    writer_.put_message<1, SampleWriter>(std::forward<Fill>(fill));
  }

  // Services in the order of the service control manager.
  template <class Fill>
  void services(Fill&& fill) {
    writer_.put_message<2, WindowsServiceWriter>(std::forward<Fill>(fill));
  }

 private:
  wire::Writer& writer_;
};

// Request of WinService.WinServiceGet.
class WinServiceGetRequestWriter {
 public:
  explicit WinServiceGetRequestWriter(wire::Writer& writer) : writer_(writer) {}

  // Name of the service, not its display name; required. NOT_FOUND with NO_SUCH_PROCESS if there is none, as in psutil.
  void name(std::string_view value) {
    if (!value.empty()) writer_.put_string<1>(value);
  }

  // Attributes to read; none means the names alone.
  void attributes(std::span<const WinServiceAttribute> values) {
    writer_.put_packed_varint<2>(values, &wire::Writer::sign_extend<WinServiceAttribute>);
  }

 private:
  wire::Writer& writer_;
};

// Response of WinService.WinServiceGet.
class WinServiceGetResponseWriter {
 public:
  explicit WinServiceGetResponseWriter(wire::Writer& writer) : writer_(writer) {}

  // When the service was read.
  template <class Fill>
  void sample(Fill&& fill) {
    writer_.put_message<1, SampleWriter>(std::forward<Fill>(fill));
  }

  // The service.
  template <class Fill>
  void service(Fill&& fill) {
    writer_.put_message<2, WindowsServiceWriter>(std::forward<Fill>(fill));
  }

 private:
  wire::Writer& writer_;
};

struct WinServiceIterRequest;
struct WinServiceGetRequest;

// Request of WinService.WinServiceIter.
struct WinServiceIterRequest {
  // Attributes to read; none means the names alone. INVALID_ARGUMENT for a number that is no attribute; duplicates are
  // harmless.
  std::vector<WinServiceAttribute> attributes;

  // Replaces `out` by what `bytes` say. On false, `error` says where they are wrong, and `out` is not to be used.
  static bool parse(std::string_view bytes, WinServiceIterRequest& out, std::string& error);

  // Reads the fields of one message; for wire::Reader.
  bool read(wire::Reader& reader);
};

// Request of WinService.WinServiceGet.
struct WinServiceGetRequest {
  // Name of the service, not its display name; required. NOT_FOUND with NO_SUCH_PROCESS if there is none, as in psutil.
  std::string name;
  // Attributes to read; none means the names alone.
  std::vector<WinServiceAttribute> attributes;

  // Replaces `out` by what `bytes` say. On false, `error` says where they are wrong, and `out` is not to be used.
  static bool parse(std::string_view bytes, WinServiceGetRequest& out, std::string& error);

  // Reads the fields of one message; for wire::Reader.
  bool read(wire::Reader& reader);
};

inline bool WinServiceIterRequest::parse(std::string_view bytes, WinServiceIterRequest& out, std::string& error) {
  wire::Reader reader(bytes);
  out = {};
  if (out.read(reader)) return true;
  error = reader.error();
  return false;
}

inline bool WinServiceIterRequest::read(wire::Reader& reader) {
  while (reader.next()) {
    switch (reader.field()) {
      case 1:
        if (!reader.get_repeated(attributes, wire::WireType::kVarint, &wire::Reader::get_enum<WinServiceAttribute>)) {
          return reader.failed_in("WinServiceIterRequest.attributes");
        }
        break;
      default:
        if (!reader.skip()) return reader.failed_in("WinServiceIterRequest");
        break;
    }
  }
  return reader.ok() || reader.failed_in("WinServiceIterRequest");
}

inline bool WinServiceGetRequest::parse(std::string_view bytes, WinServiceGetRequest& out, std::string& error) {
  wire::Reader reader(bytes);
  out = {};
  if (out.read(reader)) return true;
  error = reader.error();
  return false;
}

inline bool WinServiceGetRequest::read(wire::Reader& reader) {
  while (reader.next()) {
    switch (reader.field()) {
      case 1:
        if (!reader.get_string(name)) return reader.failed_in("WinServiceGetRequest.name");
        break;
      case 2:
        if (!reader.get_repeated(attributes, wire::WireType::kVarint, &wire::Reader::get_enum<WinServiceAttribute>)) {
          return reader.failed_in("WinServiceGetRequest.attributes");
        }
        break;
      default:
        if (!reader.skip()) return reader.failed_in("WinServiceGetRequest");
        break;
    }
  }
  return reader.ok() || reader.failed_in("WinServiceGetRequest");
}

}  // namespace hostscope::gen

#endif  // HOSTSCOPE_GEN_WIN_SERVICE_H_
