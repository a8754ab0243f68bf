// SPDX-License-Identifier: Apache-2.0
// Signals to processes by what they are: a preview that shows them, then a commit that meets those and no others.
#include "dispatch.h"
#include "encode/process.h"
#include "encode/process_tree.h"
#include "handlers/hidden_attributes.h"
#include "handlers/mutation.h"
#include "handlers/patient_answer.h"
#include "handlers/process_query.h"
#include "handlers/process_rows.h"
#include "handlers/process_selector.h"
#include "handlers/signal_previews.h"
#include "model/control_outcome.h"
#include "model/same_process.h"

namespace hostscope {
namespace {

using A = model::ProcessAttribute;

// A preview's request, checked.
struct Preview {
  gen::ProcessSelector selector;
  int signal = 0;
  std::size_t max_matches = 1;
};

Result<Preview> check(const gen::PreviewSignalRequest& request) {
  constexpr std::uint32_t kMostMatches = 10'000;
  constexpr int kMostSignal = 64;
  auto selector = check_selector(request.selector);
  if (!selector) return std::move(selector.status());
  if (!request.signal) return Status::invalid_argument("signal", "is required");
  if (*request.signal < 1 || *request.signal > kMostSignal) {
    return Status::invalid_argument("signal", "must be from 1 to " + std::to_string(kMostSignal));
  }
  const auto most = request.max_matches.value_or(1);
  if (most == 0) return Status::invalid_argument("max_matches", "must be 1 or more");
  if (most > kMostMatches) {
    return Status::out_of_range("max_matches", "must be at most " + std::to_string(kMostMatches));
  }
  return Preview{*request.selector, *request.signal, most};
}

void encode_match(const model::ProcessRow& row, bool is_protected, gen::PreviewSignalResponseWriter& out) {
  out.matches([&](auto& w) {
    w.ref([&](auto& ref) { encode::process_ref(row.ref, ref); });
    if (row.present.has(A::kName)) w.name(row.name);
    if (row.present.has(A::kUsername)) w.username(row.username);
    if (row.present.has(A::kCmdline)) {
      for (const auto& argument : row.cmdline) w.cmdline(argument);
    }
    w.protected_(is_protected);
  });
}

// Reads all processes and writes down those that are meant.
void find_matches(const Collector& collector, const Grant& grant, const gen::ProcessSelector& selector,
                  ProcessRows& rows, ReadGuard& guard) {
  gen::PreviewSignalResponseWriter out(rows.bytes);
  ProcessQuery query;
  query.attributes = selector_attributes();
  query.hidden = hidden_of(query.attributes, grant);
  keep_back_hidden(query);
  model::ProcessRow row;
  for (const auto pid : rows.pids) {
    if (guard.abandoned()) return;
    if (read_shown(*rows.reader, pid, query, guard, row) == RowOutcome::kGone || !selects(selector, row)) continue;
    const auto held = hold_granted(collector, grant, asked_ref(row.ref));
    // It has ended since. Whoever cannot be held for another reason is shown all the same: the commit will tell.
    if (!held && grpc_code(held.status().reason) == grpc_code(ErrorReason::kNoSuchProcess)) continue;
    // Nor is one a match that this caller may not act on.
    if (!held && held.status().reason == ErrorReason::kPermissionDenied) continue;
    encode_match(row, held && (*held)->protection().has_value(), out);
    rows.refs.push_back(row.ref);
  }
}

void preview(const Context& context, const CallPtr& call, const std::shared_ptr<SignalPreviews>& previews) {
  const auto request = parse_request<gen::PreviewSignalRequest>(call);
  if (!request) return;
  auto checked = check(*request);
  if (!checked) return call->fail(std::move(checked.status()));
  if (checked->selector.cmdline) {
    auto shown = call->grant().check_shown({A::kCmdline}, "selector.cmdline");
    if (!shown) return call->fail(std::move(shown.status()));
  }
  const auto answer = [call, previews, preview = *checked,
                       usable = context.collector->controls_processes()](const std::shared_ptr<ProcessRows>& rows) {
    const auto matches = rows->refs.size();
    if (usable && matches > 0 && matches <= preview.max_matches) {
      gen::PreviewSignalResponseWriter out(rows->bytes);
      out.token(previews->add({preview.signal, std::move(rows->refs)}));
      out.expires_in(static_cast<double>(SignalPreviews::kLifetime.count()));
    }
    call->finish(rows->bytes.take_buffer());
  };
  run_on_pool(context, call, [context, call, selector = checked->selector, answer] {
    auto pids = context.collector->pids();
    if (!pids) return call->fail(std::move(pids.status()));
    const auto find = [collector = context.collector, call, selector](ProcessRows& rows, ReadGuard& guard) {
      find_matches(*collector, call->grant(), selector, rows, guard);
    };
    read_process_rows(context, call, std::move(*pids), find, answer);
  });
}

// One target; nothing that becomes of it keeps the others from theirs.
model::ControlTarget signal_one(const Collector& collector, const Grant& grant, const SignalPreview& preview,
                                const model::ProcessRef& ref) {
  model::ControlTarget target;
  target.ref = ref;
  auto held = hold_granted(collector, grant, asked_ref(ref), preview.targets.size(), preview.signal);
  if (held) target.name = (*held)->name();
  const auto sent = held ? (*held)->signal(preview.signal) : Result<gen::Guarantee>(std::move(held.status()));
  if (sent) {
    target.outcome = gen::ControlOutcome::kSignalled;
    target.guarantee = *sent;
  } else {
    target.outcome = model::control_outcome(sent.status());
    target.os_error = sent.status().os_error;
    target.ended = target.outcome == gen::ControlOutcome::kGone;
  }
  return target;
}

Result<wire::Buffer> signal_all(const Collector& collector, const Grant& grant, SignalPreviews& previews,
                                const gen::CommitSignalRequest& request) {
  auto checked = check_mutation(request.mutation);
  if (!checked) return std::move(checked.status());
  if (!request.token || request.token->empty()) return Status::invalid_argument("token", "is required");
  const auto preview = previews.take(*request.token);
  if (!preview) return Status::preview_expired();
  wire::Writer bytes;
  gen::CommitSignalResponseWriter out(bytes);
  for (const auto& ref : preview->targets) {
    out.targets([&](auto& w) { encode::control_target(signal_one(collector, grant, *preview, ref), w); });
  }
  return bytes.take_buffer();
}

// Of thousands, it takes longer than what is given up as stuck.
void commit(const Context& context, const CallPtr& call, const std::shared_ptr<SignalPreviews>& previews) {
  const auto request = parse_request<gen::CommitSignalRequest>(call);
  if (!request) return;
  answer_patiently(context, call, {}, [collector = context.collector, call, previews, request = *request] {
    return signal_all(*collector, call->grant(), *previews, request);
  });
}

}  // namespace

void add_process_select_handlers(Handlers& handlers) {
  const auto previews = std::make_shared<SignalPreviews>();
  handlers.add(gen::Method::kProcessPreviewSignal, Lane::kAsync,
               [previews](const Context& context, const CallPtr& call) { preview(context, call, previews); });
  handlers.add(gen::Method::kProcessCommitSignal, Lane::kAsync,
               [previews](const Context& context, const CallPtr& call) { commit(context, call, previews); });
}

}  // namespace hostscope
