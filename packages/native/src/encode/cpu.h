// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "gen/common.gen.h"
#include "gen/cpu.gen.h"
#include "model/cpu.h"
#include "model/cpu_usage.h"

namespace hostscope::encode {

// When the counters were read.
void sample(const model::CpuSample& in, gen::SampleWriter& out);

// The counters themselves, to measure from later.
void cpu_sample(const model::CpuSample& in, bool percpu, gen::CpuSampleWriter& out);

// `ticks` are those of one CPU of the sample, or the total.
void cpu_times(const model::CpuSample& sample, const model::CpuTicks& ticks, gen::CpuTimesWriter& out);

void cpu_times_percent(const model::CpuPercents& in, model::CpuModes modes, gen::CpuTimesPercentWriter& out);
void cpu_count(const model::CpuCount& in, gen::CpuCountWriter& out);
void cpu_stats(const model::CpuStats& in, gen::CpuStatsWriter& out);
void cpu_freq(const model::CpuFrequency& in, gen::CpuFreqWriter& out);
void load_average(const model::LoadAverage& in, gen::LoadAverageWriter& out);

}  // namespace hostscope::encode
