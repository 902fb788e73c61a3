#include "bindings/bind.hpp"

/// enkat._core: the C++ core as Python sees it, bound in the order of the flow.
PYBIND11_MODULE(_core, module) {
  module.doc() = "The C++ core of enkat. Use it through the package; names here may change.";
  enkat::bind_error(module);
  enkat::bind_threads(module);
  enkat::bind_codebook(module);
  enkat::bind_table(module);
  enkat::bind_pass(module);
  enkat::bind_survey(module);
  enkat::bind_calibrate(module);
  enkat::bind_replicates(module);
  enkat::bind_estimate(module);
  enkat::bind_quantile(module);
  enkat::bind_contrast(module);
  enkat::bind_combine(module);
  enkat::bind_standardize(module);
  enkat::bind_precision(module);
  enkat::bind_rank(module);
  enkat::bind_response(module);
  enkat::bind_publish(module);
  enkat::bind_check(module);
  enkat::bind_unbound(module);
}
