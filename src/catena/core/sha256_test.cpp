#include "catena/core/sha256.h"

#include <gtest/gtest.h>

namespace catena {
namespace {

// FIPS 180-2, appendix B.1.
TEST(Sha256, GivesTheStandardsExample) {
  EXPECT_EQ(sha256_hex("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

}  // namespace
}  // namespace catena
