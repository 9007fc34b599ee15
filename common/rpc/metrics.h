#ifndef PDV_COMMON_RPC_METRICS_H_
#define PDV_COMMON_RPC_METRICS_H_

#include <array>
#include <atomic>
#include <deque>
#include <functional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "prometheus/collectable.h"

namespace pdv::rpc {

// Counts of one method. Recording is a few atomic additions: no lock, no lookup per call.
class MethodMetrics {
 public:
  // Upper bounds of the histogram, in seconds.
  static constexpr std::array<double, 14> kBounds = {.0005, .001, .0025, .005, .01, .025, .05,
                                                     .1,    .25,  .5,    1,    2.5, 5,    10};
  static constexpr int kCodes = 17;  // canonical codes, OK to UNAUTHENTICATED

  explicit MethodMetrics(std::string method) : method_(std::move(method)) {}
  void Record(absl::StatusCode code, absl::Duration duration);

 private:
  friend class Metrics;
  const std::string method_;
  std::array<std::atomic<uint64_t>, kCodes> by_code_{};
  std::array<std::atomic<uint64_t>, kBounds.size() + 1> buckets_{};
  std::atomic<uint64_t> sum_ns_{0};
};

// What /metrics shows of the calls: pdv_rpc_total{method,code}, pdv_rpc_seconds{method} and gauges.
// Methods and gauges are added before the server starts; the rest is thread-safe.
class Metrics : public prometheus::Collectable {
 public:
  MethodMetrics* AddMethod(std::string method);
  void AddGauge(std::string name, std::string help, std::function<double()> value);
  std::vector<prometheus::MetricFamily> Collect() const override;

 private:
  struct Gauge {
    std::string name, help;
    std::function<double()> value;
  };
  std::deque<MethodMetrics> methods_;  // addresses stay
  std::vector<Gauge> gauges_;
};

}  // namespace pdv::rpc

#endif  // PDV_COMMON_RPC_METRICS_H_
