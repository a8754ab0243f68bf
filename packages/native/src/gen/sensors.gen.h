// SPDX-License-Identifier: Apache-2.0
// Generated from hostscope/v1/sensors.proto by protoc-gen-hostscope-cpp; do not edit.
#ifndef HOSTSCOPE_GEN_SENSORS_H_
#define HOSTSCOPE_GEN_SENSORS_H_

#include <bit>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "gen/common.gen.h"
#include "gen/error.gen.h"
#include "gen/watch_pace.gen.h"
#include "wire/reader.h"
#include "wire/writer.h"

namespace hostscope::gen {

// Names the metrics of SensorsWatchResponse; each number equals the number of the field of the same name.
enum class SensorsMetric : int32_t {
  // Not a metric; refused in requests.
  kUnspecified = 0,
  // SensorsWatchResponse.sensors_temperatures.
  kSensorsTemperatures = 10,
  // SensorsWatchResponse.sensors_fans.
  kSensorsFans = 11,
  // SensorsWatchResponse.sensors_battery.
  kSensorsBattery = 12,
};

// Whether this version of the schema has the value.
constexpr bool is_known(SensorsMetric value) {
  switch (value) {
    case SensorsMetric::kUnspecified:
    case SensorsMetric::kSensorsTemperatures:
    case SensorsMetric::kSensorsFans:
    case SensorsMetric::kSensorsBattery:
      return true;
  }
  return false;
}

// The text of a value; "unspecified" if this version of the schema does not have it.
constexpr std::string_view text(SensorsMetric value) {
  switch (value) {
    case SensorsMetric::kUnspecified:
      return "unspecified";
    case SensorsMetric::kSensorsTemperatures:
      return "sensors_temperatures";
    case SensorsMetric::kSensorsFans:
      return "sensors_fans";
    case SensorsMetric::kSensorsBattery:
      return "sensors_battery";
  }
  return "unspecified";
}

class TemperatureWriter;
class TemperatureChipWriter;
class SensorsTemperaturesRequestWriter;
class SensorsTemperaturesResponseWriter;
class FanWriter;
class FanChipWriter;
class SensorsFansRequestWriter;
class SensorsFansResponseWriter;
class BatteryWriter;
class SensorsBatteryRequestWriter;
class SensorsBatteryResponseWriter;
class SensorsWatchRequestWriter;
class SensorsMetricFailureWriter;
class TemperaturesWatchWriter;
class FansWatchWriter;
class BatteryWatchWriter;
class SensorsWatchResponseWriter;

// One temperature, degrees Celsius; gauges. Linux: temp*_ files of /sys/class/hwmon, in thousandths of a degree there.
class TemperatureWriter {
 public:
  explicit TemperatureWriter(wire::Writer& writer) : writer_(writer) {}

  // What it is the temperature of, e.g. "Core 0". Absent where the driver names none, where psutil gives "".
  void label(std::string_view value) { writer_.put_string<1>(value); }

  // Now.
  void current(double value) {
    if (std::bit_cast<uint64_t>(value) != 0) writer_.put_double<2>(value);
  }

  // Above this it is too hot. Absent where the sensor tells none.
  void high(double value) { writer_.put_double<3>(value); }

  // Above this the hardware protects itself. Absent where the sensor tells none.
  void critical(double value) { writer_.put_double<4>(value); }

 private:
  wire::Writer& writer_;
};

// Temperatures of the chips of one name. Linux: file name beside the sensor; else the thermal zone's type.
class TemperatureChipWriter {
 public:
  explicit TemperatureChipWriter(wire::Writer& writer) : writer_(writer) {}

  // Name of the driver or zone, e.g. "coretemp"; psutil's key.
  void name(std::string_view value) {
    if (!value.empty()) writer_.put_string<1>(value);
  }

  // Its temperatures. A sensor that cannot be read is left out.
  template <class Fill>
  void temperatures(Fill&& fill) {
    writer_.put_message<2, TemperatureWriter>(std::forward<Fill>(fill));
  }

 private:
  wire::Writer& writer_;
};

// Request of Sensors.SensorsTemperatures.
class SensorsTemperaturesRequestWriter {
 public:
  explicit SensorsTemperaturesRequestWriter(wire::Writer&) {}
};

// Response of Sensors.SensorsTemperatures.
class SensorsTemperaturesResponseWriter {
 public:
  explicit SensorsTemperaturesResponseWriter(wire::Writer& writer) : writer_(writer) {}

  // When the reading began.
  template <class Fill>
  void sample(Fill&& fill) {
    writer_.put_message<1, SampleWriter>(std::forward<Fill>(fill));
  }

  // Chips by name, each name once; none where the host shows no sensor, as in most virtual machines.
  template <class Fill>
  void chips(Fill&& fill) {
    writer_.put_message<2, TemperatureChipWriter>(std::forward<Fill>(fill));
  }

 private:
  wire::Writer& writer_;
};

// One fan; a gauge. Linux: fan*_ files of /sys/class/hwmon.
class FanWriter {
 public:
  explicit FanWriter(wire::Writer& writer) : writer_(writer) {}

  // What it cools, e.g. "cpu_fan". Absent where the driver names none, where psutil gives "".
  void label(std::string_view value) { writer_.put_string<1>(value); }

  // Speed, revolutions per minute; 0 when it stands still.
  void current(uint32_t value) {
    if (value != 0) writer_.put_uint32<2>(value);
  }

 private:
  wire::Writer& writer_;
};

// Fans of the chips of one name.
class FanChipWriter {
 public:
  explicit FanChipWriter(wire::Writer& writer) : writer_(writer) {}

  // Name of the driver, e.g. "asus"; psutil's key.
  void name(std::string_view value) {
    if (!value.empty()) writer_.put_string<1>(value);
  }

  // Its fans. One that cannot be read is left out.
  template <class Fill>
  void fans(Fill&& fill) {
    writer_.put_message<2, FanWriter>(std::forward<Fill>(fill));
  }

 private:
  wire::Writer& writer_;
};

// Request of Sensors.SensorsFans.
class SensorsFansRequestWriter {
 public:
  explicit SensorsFansRequestWriter(wire::Writer&) {}
};

// Response of Sensors.SensorsFans.
class SensorsFansResponseWriter {
 public:
  explicit SensorsFansResponseWriter(wire::Writer& writer) : writer_(writer) {}

  // When the reading began.
  template <class Fill>
  void sample(Fill&& fill) {
    writer_.put_message<1, SampleWriter>(std::forward<Fill>(fill));
  }

  // Chips by name, each name once; none where the host shows no fan.
  template <class Fill>
  void chips(Fill&& fill) {
    writer_.put_message<2, FanChipWriter>(std::forward<Fill>(fill));
  }

 private:
  wire::Writer& writer_;
};

// One battery; gauges. Linux: /sys/class/power_supply.
class BatteryWriter {
 public:
  explicit BatteryWriter(wire::Writer& writer) : writer_(writer) {}

  // Name, e.g. "BAT0". Absent on Windows, which gives all batteries as one.
  void name(std::string_view value) { writer_.put_string<1>(value); }

  // Charge, 0 to 100; a little more where the battery holds more than it was known to. Absent if unknown.
  void percent(double value) { writer_.put_double<2>(value); }

  // Seconds until it is empty, estimated. Absent if unknown (psutil's POWER_TIME_UNKNOWN) or without end.
  void secsleft(uint64_t value) { writer_.put_uint64<3>(value); }

  // True if it will not run empty because power is connected; psutil's POWER_TIME_UNLIMITED.
  void unlimited(bool value) {
    if (value) writer_.put_bool<4>(value);
  }

  // Whether power is connected.
  void power_plugged(bool value) { writer_.put_bool<5>(value); }

 private:
  wire::Writer& writer_;
};

// Request of Sensors.SensorsBattery.
class SensorsBatteryRequestWriter {
 public:
  explicit SensorsBatteryRequestWriter(wire::Writer&) {}
};

// Response of Sensors.SensorsBattery.
class SensorsBatteryResponseWriter {
 public:
  explicit SensorsBatteryResponseWriter(wire::Writer& writer) : writer_(writer) {}

  // When the reading began.
  template <class Fill>
  void sample(Fill&& fill) {
    writer_.put_message<1, SampleWriter>(std::forward<Fill>(fill));
  }

  // Batteries by name; the first is the one psutil gives. None on a host without.
  template <class Fill>
  void batteries(Fill&& fill) {
    writer_.put_message<2, BatteryWriter>(std::forward<Fill>(fill));
  }

 private:
  wire::Writer& writer_;
};

// Request of Sensors.Watch.
class SensorsWatchRequestWriter {
 public:
  explicit SensorsWatchRequestWriter(wire::Writer& writer) : writer_(writer) {}

  // Metrics to follow, one at least. INVALID_ARGUMENT for a number that is no metric; duplicates are harmless.
  void metrics(std::span<const SensorsMetric> values) {
    writer_.put_packed_varint<1>(values, &wire::Writer::sign_extend<SensorsMetric>);
  }

  // Seconds from one collection to the next, 1 to 3,600. Default 5.
  void interval(double value) { writer_.put_double<2>(value); }

 private:
  wire::Writer& writer_;
};

// A metric that was asked for and cannot be read.
class SensorsMetricFailureWriter {
 public:
  explicit SensorsMetricFailureWriter(wire::Writer& writer) : writer_(writer) {}

  // Which.
  void metric(SensorsMetric value) {
    if (static_cast<int32_t>(value) != 0) writer_.put_enum<1>(value);
  }

  // Why.
  void reason(ErrorReason value) {
    if (static_cast<int32_t>(value) != 0) writer_.put_enum<2>(value);
  }

  // The operating system's error number, where one was given.
  void os_error(int32_t value) { writer_.put_int32<3>(value); }

 private:
  wire::Writer& writer_;
};

// All temperatures, in a message of Sensors.Watch.
class TemperaturesWatchWriter {
 public:
  explicit TemperaturesWatchWriter(wire::Writer& writer) : writer_(writer) {}

  // Chips as SensorsTemperatures gives them.
  template <class Fill>
  void chips(Fill&& fill) {
    writer_.put_message<1, TemperatureChipWriter>(std::forward<Fill>(fill));
  }

 private:
  wire::Writer& writer_;
};

// All fans, in a message of Sensors.Watch.
class FansWatchWriter {
 public:
  explicit FansWatchWriter(wire::Writer& writer) : writer_(writer) {}

  // Chips as SensorsFans gives them.
  template <class Fill>
  void chips(Fill&& fill) {
    writer_.put_message<1, FanChipWriter>(std::forward<Fill>(fill));
  }

 private:
  wire::Writer& writer_;
};

// All batteries, in a message of Sensors.Watch.
class BatteryWatchWriter {
 public:
  explicit BatteryWatchWriter(wire::Writer& writer) : writer_(writer) {}

  // Batteries as SensorsBattery gives them.
  template <class Fill>
  void batteries(Fill&& fill) {
    writer_.put_message<1, BatteryWriter>(std::forward<Fill>(fill));
  }

 private:
  wire::Writer& writer_;
};

// One message of Sensors.Watch, sent after each collection. It works as SystemWatchResponse does: a metric that is
// absent is as it was, and a message with neither metric nor failure is a heartbeat.
class SensorsWatchResponseWriter {
 public:
  explicit SensorsWatchResponseWriter(wire::Writer& writer) : writer_(writer) {}

  // True if it tells of every metric asked for, by value or failure; the client drops what it had. The first does.
  void snapshot(bool value) {
    if (value) writer_.put_bool<1>(value);
  }

  // Number of the collection, as in ProcessWatchResponse.
  void sequence(uint64_t value) {
    if (value != 0) writer_.put_uint64<2>(value);
  }

  // When the collection was done: nothing it tells of is later.
  template <class Fill>
  void sample(Fill&& fill) {
    writer_.put_message<3, SampleWriter>(std::forward<Fill>(fill));
  }

  // Seconds since the collection before, as measured; absent in the first.
  void interval(double value) { writer_.put_double<4>(value); }

  // Collections this reader was too slow for; what changed in them is merged into this message.
  void dropped(uint32_t value) {
    if (value != 0) writer_.put_uint32<5>(value);
  }

  // True if collections are missing between the message before and this one, e.g. after the agent was stopped.
  void gap(bool value) {
    if (value) writer_.put_bool<6>(value);
  }

  // Metrics that cannot be read; they have no value until a later message gives one.
  template <class Fill>
  void failures(Fill&& fill) {
    writer_.put_message<7, SensorsMetricFailureWriter>(std::forward<Fill>(fill));
  }

  // In a snapshot, and whenever it has changed.
  template <class Fill>
  void pace(Fill&& fill) {
    writer_.put_message<8, WatchPaceWriter>(std::forward<Fill>(fill));
  }

  // Temperatures, all of them.
  template <class Fill>
  void sensors_temperatures(Fill&& fill) {
    writer_.put_message<10, TemperaturesWatchWriter>(std::forward<Fill>(fill));
  }

  // Fans, all of them.
  template <class Fill>
  void sensors_fans(Fill&& fill) {
    writer_.put_message<11, FansWatchWriter>(std::forward<Fill>(fill));
  }

  // Batteries, all of them.
  template <class Fill>
  void sensors_battery(Fill&& fill) {
    writer_.put_message<12, BatteryWatchWriter>(std::forward<Fill>(fill));
  }

 private:
  wire::Writer& writer_;
};

struct SensorsTemperaturesRequest;
struct SensorsFansRequest;
struct SensorsBatteryRequest;
struct SensorsWatchRequest;

// Request of Sensors.SensorsTemperatures.
struct SensorsTemperaturesRequest {
  // Replaces `out` by what `bytes` say. On false, `error` says where they are wrong, and `out` is not to be used.
  static bool parse(std::string_view bytes, SensorsTemperaturesRequest& out, std::string& error);

  // Reads the fields of one message; for wire::Reader.
  bool read(wire::Reader& reader);
};

// Request of Sensors.SensorsFans.
struct SensorsFansRequest {
  // Replaces `out` by what `bytes` say. On false, `error` says where they are wrong, and `out` is not to be used.
  static bool parse(std::string_view bytes, SensorsFansRequest& out, std::string& error);

  // Reads the fields of one message; for wire::Reader.
  bool read(wire::Reader& reader);
};

// Request of Sensors.SensorsBattery.
struct SensorsBatteryRequest {
  // Replaces `out` by what `bytes` say. On false, `error` says where they are wrong, and `out` is not to be used.
  static bool parse(std::string_view bytes, SensorsBatteryRequest& out, std::string& error);

  // Reads the fields of one message; for wire::Reader.
  bool read(wire::Reader& reader);
};

// Request of Sensors.Watch.
struct SensorsWatchRequest {
  // Metrics to follow, one at least. INVALID_ARGUMENT for a number that is no metric; duplicates are harmless.
  std::vector<SensorsMetric> metrics;
  // Seconds from one collection to the next, 1 to 3,600. Default 5.
  std::optional<double> interval;

  // Replaces `out` by what `bytes` say. On false, `error` says where they are wrong, and `out` is not to be used.
  static bool parse(std::string_view bytes, SensorsWatchRequest& out, std::string& error);

  // Reads the fields of one message; for wire::Reader.
  bool read(wire::Reader& reader);
};

inline bool SensorsTemperaturesRequest::parse(std::string_view bytes, SensorsTemperaturesRequest& out,
                                              std::string& error) {
  wire::Reader reader(bytes);
  out = {};
  if (out.read(reader)) return true;
  error = reader.error();
  return false;
}

inline bool SensorsTemperaturesRequest::read(wire::Reader& reader) {
  while (reader.next()) {
    if (!reader.skip()) return reader.failed_in("SensorsTemperaturesRequest");
  }
  return reader.ok() || reader.failed_in("SensorsTemperaturesRequest");
}

inline bool SensorsFansRequest::parse(std::string_view bytes, SensorsFansRequest& out, std::string& error) {
  wire::Reader reader(bytes);
  out = {};
  if (out.read(reader)) return true;
  error = reader.error();
  return false;
}

inline bool SensorsFansRequest::read(wire::Reader& reader) {
  while (reader.next()) {
    if (!reader.skip()) return reader.failed_in("SensorsFansRequest");
  }
  return reader.ok() || reader.failed_in("SensorsFansRequest");
}

inline bool SensorsBatteryRequest::parse(std::string_view bytes, SensorsBatteryRequest& out, std::string& error) {
  wire::Reader reader(bytes);
  out = {};
  if (out.read(reader)) return true;
  error = reader.error();
  return false;
}

inline bool SensorsBatteryRequest::read(wire::Reader& reader) {
  while (reader.next()) {
    if (!reader.skip()) return reader.failed_in("SensorsBatteryRequest");
  }
  return reader.ok() || reader.failed_in("SensorsBatteryRequest");
}

inline bool SensorsWatchRequest::parse(std::string_view bytes, SensorsWatchRequest& out, std::string& error) {
  wire::Reader reader(bytes);
  out = {};
  if (out.read(reader)) return true;
  error = reader.error();
  return false;
}

inline bool SensorsWatchRequest::read(wire::Reader& reader) {
  while (reader.next()) {
    switch (reader.field()) {
      case 1:
        if (!reader.get_repeated(metrics, wire::WireType::kVarint, &wire::Reader::get_enum<SensorsMetric>)) {
          return reader.failed_in("SensorsWatchRequest.metrics");
        }
        break;
      case 2:
        if (!reader.get_double(interval.emplace())) return reader.failed_in("SensorsWatchRequest.interval");
        break;
      default:
        if (!reader.skip()) return reader.failed_in("SensorsWatchRequest");
        break;
    }
  }
  return reader.ok() || reader.failed_in("SensorsWatchRequest");
}

}  // namespace hostscope::gen

#endif  // HOSTSCOPE_GEN_SENSORS_H_
