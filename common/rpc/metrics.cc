#include "common/rpc/metrics.h"

#include <algorithm>
#include <limits>

#include "prometheus/client_metric.h"
#include "prometheus/metric_family.h"

namespace pdv::rpc {

using prometheus::ClientMetric;
using prometheus::MetricFamily;
using prometheus::MetricType;

void MethodMetrics::Record(absl::StatusCode code, absl::Duration duration) {
  const double seconds = absl::ToDoubleSeconds(duration);
  const size_t bucket = std::lower_bound(kBounds.begin(), kBounds.end(), seconds) - kBounds.begin();
  by_code_[static_cast<int>(code) % kCodes].fetch_add(1, std::memory_order_relaxed);
  buckets_[bucket].fetch_add(1, std::memory_order_relaxed);
  sum_ns_.fetch_add(absl::ToInt64Nanoseconds(duration), std::memory_order_relaxed);
}

MethodMetrics* Metrics::AddMethod(std::string method) {
  return &methods_.emplace_back(std::move(method));
}

void Metrics::AddGauge(std::string name, std::string help, std::function<double()> value) {
  gauges_.push_back({std::move(name), std::move(help), std::move(value)});
}

std::vector<MetricFamily> Metrics::Collect() const {
  MetricFamily total{"pdv_rpc_total", "Calls answered, by canonical code", MetricType::Counter, {}};
  MetricFamily seconds{"pdv_rpc_seconds", "Time to answer", MetricType::Histogram, {}};
  for (const MethodMetrics& method : methods_) {
    for (int code = 0; code < MethodMetrics::kCodes; ++code) {
      const uint64_t count = method.by_code_[code].load(std::memory_order_relaxed);
      if (count == 0) continue;
      ClientMetric metric;
      metric.label = {{"method", method.method_},
                      {"code", absl::StatusCodeToString(static_cast<absl::StatusCode>(code))}};
      if (code == 0) metric.label[1].value = "OK";
      metric.counter.value = static_cast<double>(count);
      total.metric.push_back(std::move(metric));
    }
    ClientMetric metric;
    metric.label = {{"method", method.method_}};
    uint64_t cumulated = 0;
    for (size_t i = 0; i < method.buckets_.size(); ++i) {
      cumulated += method.buckets_[i].load(std::memory_order_relaxed);
      const double bound = i < MethodMetrics::kBounds.size()
                               ? MethodMetrics::kBounds[i]
                               : std::numeric_limits<double>::infinity();
      metric.histogram.bucket.push_back({cumulated, bound});
    }
    metric.histogram.sample_count = cumulated;
    metric.histogram.sample_sum = method.sum_ns_.load(std::memory_order_relaxed) / 1e9;
    if (cumulated > 0) seconds.metric.push_back(std::move(metric));
  }
  std::vector<MetricFamily> families = {std::move(total), std::move(seconds)};
  for (const Gauge& gauge : gauges_) {
    ClientMetric metric;
    metric.gauge.value = gauge.value();
    families.push_back({gauge.name, gauge.help, MetricType::Gauge, {std::move(metric)}});
  }
  return families;
}

}  // namespace pdv::rpc
