// SPDX-License-Identifier: Apache-2.0
// Requests come from the network. The first byte chooses which one the rest is taken for.
#include <cstdint>

#include "fuzz_target.h"
#include "gen/cpu.gen.h"
#include "gen/disk.gen.h"
#include "gen/host.gen.h"
#include "gen/limits.gen.h"
#include "gen/memory.gen.h"
#include "gen/network.gen.h"
#include "gen/popen.gen.h"
#include "gen/process_control.gen.h"
#include "gen/process_lease.gen.h"
#include "gen/process_read.gen.h"
#include "gen/process_select.gen.h"
#include "gen/process_tree.gen.h"
#include "gen/process_wait.gen.h"
#include "gen/process_watch.gen.h"
#include "gen/sensors.gen.h"
#include "gen/system_watch.gen.h"
#include "gen/win_service.gen.h"
#include "gen/win_service_control.gen.h"

using namespace hostscope;

namespace {

template <class Request>
void parse(std::string_view bytes) {
  Request request;
  std::string error;
  CHECK(Request::parse(bytes, request, error) == error.empty());
}

constexpr void (*kParsers[])(std::string_view) = {
    parse<gen::BootTimeRequest>,
    parse<gen::ChildrenRequest>,
    parse<gen::CpuCountRequest>,
    parse<gen::CpuFreqRequest>,
    parse<gen::CpuPercentRequest>,
    parse<gen::CpuStatsRequest>,
    parse<gen::CpuTimesPercentRequest>,
    parse<gen::CpuTimesRequest>,
    parse<gen::DiskIoCountersRequest>,
    parse<gen::DiskPartitionsRequest>,
    parse<gen::DiskUsageRequest>,
    parse<gen::GetloadavgRequest>,
    parse<gen::HostInfoRequest>,
    parse<gen::IsRunningRequest>,
    parse<gen::KillRequest>,
    parse<gen::LimitsRequest>,
    parse<gen::NetConnectionsRequest>,
    parse<gen::NetIfAddrsRequest>,
    parse<gen::NetIfStatsRequest>,
    parse<gen::NetIoCountersRequest>,
    parse<gen::ParentRequest>,
    parse<gen::ParentsRequest>,
    parse<gen::PidExistsRequest>,
    parse<gen::PidsRequest>,
    parse<gen::PopenRequest>,
    parse<gen::PressureRequest>,
    parse<gen::ProcessGetRequest>,
    parse<gen::ProcessListRequest>,
    parse<gen::ProcessWatchRequest>,
    parse<gen::ResumeRequest>,
    parse<gen::RlimitRequest>,
    parse<gen::SendSignalRequest>,
    parse<gen::SensorsBatteryRequest>,
    parse<gen::SensorsFansRequest>,
    parse<gen::SensorsTemperaturesRequest>,
    parse<gen::SensorsWatchRequest>,
    parse<gen::SetCpuAffinityRequest>,
    parse<gen::SetIoniceRequest>,
    parse<gen::SetNiceRequest>,
    parse<gen::SetRlimitRequest>,
    parse<gen::SuspendRequest>,
    parse<gen::SwapMemoryRequest>,
    parse<gen::SystemWatchRequest>,
    parse<gen::TerminateRequest>,
    parse<gen::UsersRequest>,
    parse<gen::VirtualMemoryRequest>,
    parse<gen::WaitProcsRequest>,
    parse<gen::WaitRequest>,
    parse<gen::WinServiceContinueRequest>,
    parse<gen::WinServiceGetRequest>,
    parse<gen::WinServiceIterRequest>,
    parse<gen::WinServicePauseRequest>,
    parse<gen::WinServiceRestartRequest>,
    parse<gen::WinServiceSetStartTypeRequest>,
    parse<gen::WinServiceStartRequest>,
    parse<gen::WinServiceStopRequest>,
    parse<gen::WinServiceWatchRequest>,
    parse<gen::CommitSignalRequest>,
    parse<gen::KillTreeRequest>,
    parse<gen::PreviewSignalRequest>,
    parse<gen::ReapRequest>,
    parse<gen::SuspendLeasedRequest>,
};

}  // namespace

FUZZ_TARGET(requests) {
  if (text.empty()) return;
  kParsers[static_cast<std::uint8_t>(text[0]) % std::size(kParsers)](text.substr(1));
}
