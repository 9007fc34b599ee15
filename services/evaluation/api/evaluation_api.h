#ifndef PDV_SERVICES_EVALUATION_API_EVALUATION_API_H_
#define PDV_SERVICES_EVALUATION_API_EVALUATION_API_H_

#include "common/service/api.h"

namespace pdv::evaluation {

// The methods of pdv.evaluation.v1.EvaluationService, and what serves each.
void Declare(service::Api& api);

}  // namespace pdv::evaluation

#endif  // PDV_SERVICES_EVALUATION_API_EVALUATION_API_H_
