#include <gtest/gtest.h>

#include "tests/cpp/mutated.hpp"
#include "tests/fuzz/report.hpp"

namespace enkat::hostile_report_test {

TEST(HostilePhrase, EndsInAPhraseOrACodedError) {
  const std::vector<std::string> pieces{"0",
                                        "1/0",
                                        " av ",
                                        "999999999999999999999",
                                        "-",
                                        "%",
                                        ",",
                                        ".",
                                        "\xc3",
                                        "e999",
                                        "hälften",
                                        " of ",
                                        "two",
                                        "in",
                                        " och ",
                                        "\0",
                                        "most",
                                        "1e5",
                                        "½",
                                        " gånger så många",
                                        "lika ",
                                        "twice as ",
                                        " procentenheter fler",
                                        " än "};
  testing::try_inputs("phrase", fuzz::phrase, pieces);
}

}  // namespace enkat::hostile_report_test
