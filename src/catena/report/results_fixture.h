// Made-up results of the size that one sprinter's four speeds have, for the tests of this layer.
#pragma once

#include <filesystem>

#include "catena/report/results.h"

namespace catena {

/// Four demands, three strides each and leg, with a thorax and a standing trial. The parts of
/// every stride add up to its thigh angle, as real budgets do.
Results fixture_results();

/// The same runner without thorax markers: hip and pelvis only.
Results fixture_without_thorax();

/// One demand: budgets, but no share, with the reason in words.
Results fixture_one_demand();

/// A folder for a test's files that no other run shares: made on construction, gone with the
/// object. With CATENA_LOOK set, that folder instead, and it stays, so that a person can look at
/// it.
class TestFolder {
 public:
  TestFolder();
  ~TestFolder();
  TestFolder(const TestFolder&) = delete;
  TestFolder& operator=(const TestFolder&) = delete;

  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
  bool stays_ = false;
};

}  // namespace catena
