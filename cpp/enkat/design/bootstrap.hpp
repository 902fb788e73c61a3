#pragma once

#include <cstdint>
#include <span>

#include "enkat/design/replicates.hpp"
#include "enkat/design/sample.hpp"

namespace enkat {

/// Bootstrap replicates of a sample: `request.bootstrap` is
/// - "rao-wu": n − 1 of n PSUs with replacement, rescaled by the fraction. Rao & Wu (1988), JASA 83; Rao, Wu & Yue
///   (1992), Survey Methodology 18.
/// - "canty-davison": n of n, where a fraction is known without replacement from the PSUs repeated to the size of the
///   population. Canty & Davison (1999), The Statistician 48.
/// - "preston": half of the units without replacement, at every stage. Preston (2009), Survey Methodology 35.
Replicates bootstrap_replicates(const Sample& sample, const ReplicateRequest& request,
                                std::span<const std::int32_t> row_order);

}  // namespace enkat
