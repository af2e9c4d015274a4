#include "pdf.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <cerrno>
#include <chrono>
#include <cstdlib>
#include <cstring>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "catena/core/file.h"

extern char** environ;

namespace catena {
namespace {

constexpr std::array kNames = {"chromium", "chromium-browser", "google-chrome",
                               "google-chrome-stable", "chrome"};
constexpr auto kLongest = std::chrono::seconds(60);

bool is_program(const std::filesystem::path& path) {
  std::error_code ignored;
  return std::filesystem::is_regular_file(path, ignored) && ::access(path.c_str(), X_OK) == 0;
}

std::string variable(const char* name) {
  const char* value = std::getenv(name);  // NOLINT(concurrency-mt-unsafe)
  return value == nullptr ? "" : value;
}

/// A file's address: what an address cannot hold is written as %20.
std::string file_address(const std::filesystem::path& file) {
  std::string address = "file://";
  for (const char c : file.string()) {
    const bool plain = std::isalnum(static_cast<unsigned char>(c)) != 0 ||
                       std::string_view("/-._~").find(c) != std::string_view::npos;
    address += plain ? std::string(1, c) : fmt::format("%{:02X}", static_cast<unsigned char>(c));
  }
  return address;
}

/// A folder that is gone with the object: the browser's profile, so that a person's own is not
/// touched.
class OwnFolder {
 public:
  OwnFolder() {
    std::error_code error;
    const auto base = std::filesystem::temp_directory_path(error);
    std::string name = (error ? std::filesystem::path("/tmp") : base) / "catena_pdf_XXXXXX";
    if (::mkdtemp(name.data()) != nullptr) path_ = name;
  }
  ~OwnFolder() {
    std::error_code ignored;
    if (!path_.empty()) std::filesystem::remove_all(path_, ignored);
  }
  OwnFolder(const OwnFolder&) = delete;
  OwnFolder& operator=(const OwnFolder&) = delete;
  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

/// Starts the program without a shell, silent and in a process group of its own.
Result<pid_t> start(std::vector<std::string> words) {
  std::vector<char*> arguments;
  for (std::string& word : words) arguments.push_back(word.data());
  arguments.push_back(nullptr);
  posix_spawn_file_actions_t files;
  posix_spawn_file_actions_init(&files);
  posix_spawn_file_actions_addopen(&files, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
  posix_spawn_file_actions_addopen(&files, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
  posix_spawn_file_actions_addopen(&files, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
  posix_spawnattr_t attributes;
  posix_spawnattr_init(&attributes);
  posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETPGROUP);
  posix_spawnattr_setpgroup(&attributes, 0);
  pid_t child = 0;
  const int error =
      posix_spawn(&child, arguments.front(), &files, &attributes, arguments.data(), environ);
  posix_spawnattr_destroy(&attributes);
  posix_spawn_file_actions_destroy(&files);
  if (error != 0) {
    return fail(Errc::kCannotRead, fmt::format("the browser did not start ({})", strerror(error)),
                words.front(), "name another with CATENA_CHROMIUM, or print the page by hand");
  }
  return child;
}

/// Waits for the program; true when it ended well. One that takes too long is ended, with whatever
/// it started.
bool ended_well(pid_t child) {
  const auto until = std::chrono::steady_clock::now() + kLongest;
  int status = 0;
  for (;;) {
    const pid_t ended = ::waitpid(child, &status, WNOHANG);
    if (ended == child) return WIFEXITED(status) && WEXITSTATUS(status) == 0;
    if (ended < 0 && errno != EINTR) return false;
    if (std::chrono::steady_clock::now() > until) break;
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
  ::kill(-child, SIGKILL);
  ::waitpid(child, &status, 0);
  return false;
}

bool is_pdf(const std::filesystem::path& file) {
  const auto bytes = read_file(file);
  return bytes && bytes->starts_with("%PDF-");
}

}  // namespace

std::optional<std::filesystem::path> find_chromium() {
  const std::string told = variable("CATENA_CHROMIUM");
  if (!told.empty()) {
    return is_program(told) ? std::optional(std::filesystem::path(told)) : std::nullopt;
  }
  const std::string folders = variable("PATH");
  for (const char* name : kNames) {
    for (std::size_t at = 0; at <= folders.size();) {
      const std::size_t end = std::min(folders.find(':', at), folders.size());
      const std::filesystem::path folder = folders.substr(at, end - at);
      if (!folder.empty() && is_program(folder / name)) return folder / name;
      at = end + 1;
    }
  }
  return std::nullopt;
}

Result<void> print_pdf(const std::filesystem::path& chromium, const std::filesystem::path& html,
                       const std::filesystem::path& pdf) {
  const OwnFolder profile;
  if (profile.path().empty()) {
    return fail(Errc::kCannotWrite, "no folder for the browser's profile can be made", "/tmp",
                "look whether the disk is full");
  }
  std::error_code error;
  const std::filesystem::path page = std::filesystem::absolute(html, error);
  const std::filesystem::path made = profile.path() / "report.pdf";
  std::vector<std::string> words = {
      chromium.string(), "--headless", "--disable-gpu", "--no-first-run", "--disable-extensions",
      // The page needs nothing from elsewhere, and gets nothing.
      "--disable-background-networking", "--disable-sync", "--host-resolver-rules=MAP * ~NOTFOUND",
      "--no-pdf-header-footer", "--user-data-dir=" + profile.path().string(),
      "--print-to-pdf=" + made.string()};
  // Chromium refuses its sandbox to root; the page is our own and runs no script.
  if (::geteuid() == 0) words.emplace_back("--no-sandbox");
  words.push_back(file_address(page));
  CATENA_TRY(child, start(std::move(words)));
  if (!ended_well(child) || !is_pdf(made)) {
    return fail(Errc::kCannotRead, "the browser did not print the page", chromium.string(),
                "open the page and print it by hand; it is made for A4");
  }
  CATENA_TRY(bytes, read_file(made));
  return write_file(pdf, std::move(bytes));
}

}  // namespace catena
