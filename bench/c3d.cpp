// C3D: bytes of the file per second from the page cache to the finished C3dFile, and how much
// memory that takes, beside a plain memcpy of the same bytes in the same run.
//
//   bench_c3d [REPEATS]     on Fukuchi's running trials where ../shared/data is there, else on
//   noise of their size; the other kinds and processors are written from the first of them
#include <fmt/core.h>
#include <malloc.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "catena/core/file.h"
#include "catena/recording/c3d.h"

namespace catena {
namespace {

namespace fs = std::filesystem;

/// As long and as wide as Fukuchi's trials: 30 s of 33 markers at 150 Hz, six channels at 300 Hz.
C3dFile noise() {
  C3dFile file;
  PointRecording& points = file.recording.points;
  points.name = "noise";
  points.rate_hz = 150.0;
  points.time_s = Eigen::VectorXd::LinSpaced(4500, 0.0, 4499 / 150.0);
  points.points_m = Eigen::MatrixXd::Random(4500, 99);
  for (int i = 1; i <= 33; ++i) points.labels.push_back("M" + std::to_string(i));
  AnalogRecording& analog = file.recording.analog;
  analog.rate_hz = 300.0;
  analog.labels = {"Fx", "Fy", "Fz", "Mx", "My", "Mz"};
  analog.values = 1000.0 * Eigen::MatrixXd::Random(9000, 6);
  return file;
}

struct Case {
  std::string name;
  std::vector<fs::path> paths;
};

/// The kept numbers of a file, in bytes.
std::size_t kept_bytes(const C3dFile& file) {
  const Recording& recording = file.recording;
  auto n = recording.points.points_m.size() + recording.points.time_s.size() +
           recording.analog.values.size();
  for (const ModelOutput& output : recording.outputs) n += output.values.size();
  return 8 * static_cast<std::size_t>(n) +
         4 * static_cast<std::size_t>(file.cameras_and_residual.size());
}

std::size_t status_bytes(const std::string& field) {
  std::ifstream stream("/proc/self/status");
  for (std::string word; stream >> word;) {
    std::size_t kilobytes = 0;
    if (word == field + ":" && stream >> kilobytes) return kilobytes * 1024;
  }
  return 0;
}

/// Most memory in use while the work runs, above what was in use before; 0 where it is not told.
std::size_t peak_bytes(const std::function<void()>& work) {
  malloc_trim(0);
  std::ofstream("/proc/self/clear_refs") << "5";
  const std::size_t before = status_bytes("VmRSS");
  work();
  const std::size_t peak = status_bytes("VmHWM");
  return peak > before ? peak - before : 0;
}

/// Of the processor, user and system, so that other work on the machine counts little.
double seconds(const std::function<void()>& work) {
  const auto now = [] {
    timespec time{};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
    return static_cast<double>(time.tv_sec) + 1e-9 * static_cast<double>(time.tv_nsec);
  };
  const double start = now();
  work();
  return now() - start;
}

double median(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  return values[values.size() / 2];
}

/// Seconds for all files of a case, median of repeats taken in turn.
struct Times {
  std::vector<double> copy, read_bytes, parse, all;
};

int report(const Case& c, int repeats) {
  std::vector<std::string> contents;
  double bytes = 0.0;
  std::size_t kept = 0;
  for (const fs::path& path : c.paths) {
    contents.push_back(*read_file(path));
    bytes += static_cast<double>(contents.back().size());
    const auto file = read_c3d(path);
    if (!file) {
      fmt::print(stderr, "{}\n", to_sentence(file.error()));
      return 1;
    }
    kept = kept_bytes(*file);
  }
  Times times;
  std::size_t seen = 0;  // so that nothing is optimised away
  for (int repeat = 0; repeat < repeats; ++repeat) {
    times.copy.push_back(seconds([&] {
      for (const std::string& content : contents) {
        const std::unique_ptr<char[]> copy(new char[content.size()]);
        std::memcpy(copy.get(), content.data(), content.size());
        seen += static_cast<unsigned char>(copy[content.size() / 2]);
      }
    }));
    times.read_bytes.push_back(seconds([&] {
      for (const fs::path& path : c.paths) seen += read_file(path)->size();
    }));
    times.parse.push_back(seconds([&] {
      for (const std::string& content : contents) {
        seen += static_cast<std::size_t>(parse_c3d(content, "x.c3d")->cameras_and_residual.size());
      }
    }));
    times.all.push_back(seconds([&] {
      for (const fs::path& path : c.paths) {
        seen += static_cast<std::size_t>(read_c3d(path)->cameras_and_residual.size());
      }
    }));
  }
  C3dFile last;
  const std::size_t peak = peak_bytes([&] { last = *read_c3d(c.paths.back()); });
  const double n = static_cast<double>(c.paths.size());
  const auto row = [&](const char* name, const std::vector<double>& values) {
    fmt::print("  {:<28}{:>10.0f} MB/s{:>10.3f} ms a file\n", name, bytes / median(values) / 1e6,
               1e3 * median(values) / n);
  };
  fmt::print("{}: {} files of {:.2f} MB\n", c.name, c.paths.size(), bytes / n / 1e6);
  row("memcpy of the same bytes", times.copy);
  row("read_file alone", times.read_bytes);
  row("parse_c3d alone", times.parse);
  row("read_c3d, file to C3dFile", times.all);
  fmt::print("  memory: {:.2f} MB kept, {:.2f} MB at the most, {:.2f} times{}\n\n",
             static_cast<double>(kept) / 1e6, static_cast<double>(peak) / 1e6,
             static_cast<double>(peak) / static_cast<double>(kept), seen == 0 ? " " : "");
  return 0;
}

int run(int repeats) {
  const fs::path folder =
      fs::temp_directory_path() / ("catena_bench_c3d_" + std::to_string(getpid()));
  const char* given = std::getenv("CATENA_DATA");  // NOLINT(concurrency-mt-unsafe)
  const fs::path data = fs::path(given ? given : "../shared/data") / "fukuchi2017";
  Case real = {"Fukuchi 2017, running, Intel reals", {}};
  if (fs::exists(data)) {
    for (const auto& entry : fs::recursive_directory_iterator(data)) {
      const std::string name = entry.path().filename().string();
      if (name.find("runT") != std::string::npos && entry.path().extension() == ".c3d") {
        real.paths.push_back(entry.path());
      }
    }
    std::sort(real.paths.begin(), real.paths.end());
  }
  C3dFile first = noise();
  if (!real.paths.empty()) {
    // All memory is new to the process: page faults, which the reads below are mostly spared, as is
    // the memcpy, cost as much as the reading.
    const double cold_s = seconds([&] { first = *read_c3d(real.paths.front()); });
    fmt::print("the first trial that this process reads: {:.2f} ms\n\n", 1e3 * cold_s);
  }
  std::vector<Case> cases;
  if (!real.paths.empty()) cases.push_back(real);
  static constexpr const char* kProcessors[] = {"Intel", "DEC", "SGI"};
  for (const C3dNumbers numbers : {C3dNumbers::kReal, C3dNumbers::kInteger}) {
    for (const C3dProcessor processor :
         {C3dProcessor::kIntel, C3dProcessor::kDec, C3dProcessor::kSgi}) {
      const std::string kind = numbers == C3dNumbers::kReal ? "reals" : "integers";
      const std::string name = std::string(kProcessors[static_cast<int>(processor)]) + "_" + kind;
      const auto bytes = write_c3d(first, {processor, numbers});
      if (!bytes || !write_files(folder, {{name + ".c3d", *bytes}})) {
        fmt::print(stderr, "cannot write {}\n", name);
        return 1;
      }
      cases.push_back({"written: " + name, {folder / (name + ".c3d")}});
    }
  }
  int failed = 0;
  for (const Case& c : cases) failed = std::max(failed, report(c, repeats));
  std::error_code ignored;
  fs::remove_all(folder, ignored);
  return failed;
}

}  // namespace
}  // namespace catena

int main(int argc, char** argv) {
  return catena::run(argc > 1 ? std::max(1, std::atoi(argv[1])) : 41);
}
