#include "catena/core/file.h"

#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

#include "catena/core/test_folder.h"

namespace catena {
namespace {

namespace fs = std::filesystem;

class FileTest : public testing::Test {
 protected:
  static std::string content(const fs::path& path) {
    std::ostringstream text;
    text << std::ifstream(path).rdbuf();
    return text.str();
  }
  static std::size_t entries(const fs::path& folder) {
    return static_cast<std::size_t>(
        std::distance(fs::directory_iterator(folder), fs::directory_iterator()));
  }

  const TestFolder own_;
  const fs::path& folder_ = own_.path();
};

TEST_F(FileTest, WritesAllFilesAndLeavesNothingElse) {
  const fs::path out = folder_ / "a" / "b";
  ASSERT_TRUE(write_files(out, {{"one", "1"}, {"two", ""}}));
  EXPECT_EQ(content(out / "one"), "1");
  EXPECT_TRUE(fs::exists(out / "two"));
  EXPECT_EQ(entries(out), 2U);
}

TEST_F(FileTest, OfTwoFilesWithOneNameWritesNothingAtAll) {
  const auto written = write_files(folder_ / "out", {{"run", "1"}, {"run", "2"}});
  ASSERT_FALSE(written);
  EXPECT_EQ(written.error().code, Errc::kCannotWrite);
  EXPECT_NE(written.error().where.find("run"), std::string::npos);
  EXPECT_FALSE(fs::exists(folder_ / "out"));
}

TEST_F(FileTest, AFolderInTheWayStopsEveryFile) {
  fs::create_directories(folder_ / "second");
  std::ofstream(folder_ / "first") << "old";
  ASSERT_FALSE(write_files(folder_, {{"first", "new"}, {"second", "new"}}));
  EXPECT_EQ(content(folder_ / "first"), "old");
  EXPECT_EQ(entries(folder_), 2U);
}

TEST_F(FileTest, WritesOneFileWhereverItIsToLie) {
  ASSERT_TRUE(write_file(folder_ / "new" / "one", "1"));
  EXPECT_EQ(content(folder_ / "new" / "one"), "1");
  const fs::path before = fs::current_path();
  fs::current_path(folder_);
  const auto here = write_file("two", "2");
  fs::current_path(before);
  EXPECT_TRUE(here);
  EXPECT_EQ(content(folder_ / "two"), "2");
  EXPECT_EQ(entries(folder_), 2U);
}

TEST_F(FileTest, NeverReplacesADevice) {
  fs::create_symlink("/dev/null", folder_ / "sink");
  const auto written = write_files(folder_, {{"sink", "1"}});
  ASSERT_FALSE(written);
  EXPECT_NE(written.error().what.find("device"), std::string::npos);
  EXPECT_TRUE(fs::is_symlink(folder_ / "sink"));
}

TEST_F(FileTest, AFileIsNoFolderToWriteInto) {
  std::ofstream(folder_ / "file") << "1";
  for (const char* name : {"file", "file/deeper/still"}) {
    const auto written = write_files(folder_ / name, {{"one", "1"}});
    ASSERT_FALSE(written);
    EXPECT_EQ(written.error().where, (folder_ / name).string());
  }
  EXPECT_EQ(content(folder_ / "file"), "1");
}

TEST_F(FileTest, ADeviceIsNoFileToRead) {
  const auto device = read_file("/dev/zero");
  ASSERT_FALSE(device);
  EXPECT_EQ(device.error().what, "this is a device, not a file");
  EXPECT_FALSE(read_file("/dev/null"));
}

TEST_F(FileTest, RefusesAFileThatIsTooLargeBeforeReadingIt) {
  std::ofstream(folder_ / "large") << std::string(3000000, 'x');
  const auto bytes = read_file(folder_ / "large", std::size_t{2} << 20);
  ASSERT_FALSE(bytes);
  EXPECT_EQ(bytes.error().what, "the file is larger than 2 MB");
  EXPECT_EQ(read_file(folder_ / "large")->size(), 3000000U);
}

}  // namespace
}  // namespace catena
