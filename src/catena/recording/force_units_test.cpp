#include "catena/recording/force_units.h"

#include <gtest/gtest.h>

namespace catena {
namespace {

void expect_unit(const char* text, UnitKind kind, double in_si) {
  const ForceUnit unit = parse_force_unit(text);
  EXPECT_EQ(unit.kind, kind) << text;
  EXPECT_DOUBLE_EQ(unit.in_si, in_si) << text;
}

TEST(ForceUnits, KnowsTheSpellingsOfLaboratories) {
  for (const char* text : {"N", "n", "nt", "Newton", "Newtons", "newt", " N  "}) {
    expect_unit(text, UnitKind::kForce, 1.0);
  }
  expect_unit("kN", UnitKind::kForce, 1000.0);
  for (const char* text : {"Nmm", "N.mm", "ntmm", "N*mm", "N-mm", "Newton mm", "NMM"}) {
    expect_unit(text, UnitKind::kMoment, 1e-3);
  }
  for (const char* text : {"Nm", "N m", "N.m", "Newton-meters", "ntm", "Newtonmete"}) {
    expect_unit(text, UnitKind::kMoment, 1.0);
  }
  expect_unit("kNm", UnitKind::kMoment, 1000.0);
  for (const char* text : {"m", "meters", "mete", "metres"}) {
    expect_unit(text, UnitKind::kLength, 1.0);
  }
  expect_unit("mm", UnitKind::kLength, 1e-3);
  for (const char* text : {"V", "volts", "Volt"}) expect_unit(text, UnitKind::kVoltage, 1.0);
  for (const char* text : {"", "d.u.", "g", "mN", "bits", "Nmmx", "12"}) {
    expect_unit(text, UnitKind::kUnknown, 1.0);
  }
}

}  // namespace
}  // namespace catena
