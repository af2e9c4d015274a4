#include <fmt/core.h>

#include <CLI/CLI.hpp>
#include <cstdio>
#include <memory>
#include <optional>
#include <set>
#include <string>

#include "catena/core/file.h"
#include "catena/core/text.h"
#include "catena/exam/exam_file.h"
#include "catena/exam/exam_questions.h"
#include "catena/exam/exam_text.h"
#include "catena/exam/safety.h"
#include "commands.h"
#include "outcome.h"
#include "today.h"
#include "words.h"

namespace catena {
namespace {

constexpr const char* kExamHelp =
    R"(Asks for an examination in plain words, question by question, red flags first, and keeps the
answers in a file for analyze (docs/exam.md). Enter passes over a question; q saves and leaves;
called again it asks only what is open.

Examples:
  catena exam visit/exam.toml
  catena exam visit/exam.toml --check)";

struct ExamCommand {
  std::filesystem::path file = "exam.toml";
  bool json = false;   // in a new file, or for --check
  bool check = false;  // look only
};

constexpr std::size_t kLargestExam_bytes = 1 << 20;
constexpr std::size_t kLongestAnswer = 4096;
constexpr int kMostTries = 3;  // of one question

/// The file in which the answers are kept: written after each of them, so that none is lost.
class ExamOnDisk {
 public:
  ExamOnDisk(std::filesystem::path path, bool as_json) : path_(std::move(path)), json_(as_json) {}

  /// An examination of nothing where there is no such file.
  Result<Examination> load(const ExamOptions& options) {
    std::error_code ignored;
    if (!std::filesystem::exists(path_, ignored)) return Examination();
    CATENA_TRY(bytes, read_file(path_, kLargestExam_bytes));
    CATENA_TRY(exam, parse_exam(bytes, path_.string(), options));
    // Remarks, and what could not be used, would be lost by writing.
    if (!exam.notes.empty() || bytes.find('#') != std::string::npos) original_ = bytes;
    return exam;
  }

  Result<void> save(const Examination& exam) {
    const std::string name = path_.filename().string();
    const std::string bytes = json_ ? write_exam_json(exam) : write_exam_toml(exam);
    FileSet files = {{name, bytes}};
    if (original_ && *original_ != bytes) files.emplace_back(name + ".before", *original_);
    const std::filesystem::path folder = path_.parent_path();
    CATENA_CHECK(write_files(folder.empty() ? "." : folder, files));
    original_.reset();
    return {};
  }

  [[nodiscard]] std::string where() const { return path_.string(); }

 private:
  std::filesystem::path path_;
  bool json_ = false;
  std::optional<std::string> original_;
};

/// The next line of the standard input; none at its end, or where the line does not end.
std::optional<std::string> read_answer() {
  std::string line;
  for (int c = std::getchar(); c != '\n'; c = std::getchar()) {
    if (c == EOF) return line.empty() ? std::nullopt : std::optional(line);
    if (line.size() >= kLongestAnswer) return std::nullopt;
    line += static_cast<char>(c);
  }
  return line;
}

void show_present(const Examination& exam, std::set<std::string>& shown) {
  for (const RedFlag& flag : assess_safety(exam).present) {
    if (!shown.insert(flag.id).second) continue;
    fmt::print("\n  ! {}\n    {}\n", flag.sentence, flag.where_to);
  }
}

/// The next question that was neither answered nor passed over.
std::optional<ExamQuestion> next_question(const Examination& exam, const ExamOptions& options,
                                          const std::set<std::string>& passed,
                                          const std::set<ExamPart>& passed_parts) {
  for (ExamQuestion& question : open_questions(exam, options)) {
    if (!passed.contains(question.id) && !passed_parts.contains(question.part)) return question;
  }
  return std::nullopt;
}

/// Asks until everything was asked, "q", or the end of the input.
Result<int> ask(Examination& exam, ExamOnDisk& disk, const ExamOptions& options) {
  std::set<std::string> passed;
  std::set<ExamPart> passed_parts;
  std::set<std::string> shown;
  std::optional<ExamPart> part;
  int n_answered = 0;
  int n_tries = 0;
  fmt::print("Enter passes over a question, s over the rest of its part, q saves and leaves.\n");
  show_present(exam, shown);
  while (const auto question = next_question(exam, options, passed, passed_parts)) {
    if (part != question->part) fmt::print("\n{}\n", name_of(question->part));
    part = question->part;
    fmt::print("{} [{}] ", question->ask, question->how);
    std::fflush(stdout);
    const auto answer = read_answer();
    if (!answer) break;
    const std::string word = to_lower(trim(*answer));
    if (word == "q") break;
    if (word == "s") passed_parts.insert(question->part);
    if (word.empty() || word == "s") {
      passed.insert(question->id);
      continue;
    }
    if (const auto given = question->give(exam, *answer); !given) {
      fmt::print("  {}\n", to_sentence(given.error()));
      if (++n_tries < kMostTries) continue;
      fmt::print("  This question is passed over.\n");
      passed.insert(question->id);
      n_tries = 0;
      continue;
    }
    n_tries = 0;
    // Answered, but perhaps not so that it is no longer open: a side that is both.
    passed.insert(question->id);
    ++n_answered;
    CATENA_CHECK(disk.save(exam));
    show_present(exam, shown);
  }
  return n_answered;
}

int check(const ExamCommand& command, const ExamOptions& options) {
  const auto bytes = read_file(command.file, kLargestExam_bytes);
  if (!bytes) return report_error(bytes.error());
  const auto exam = parse_exam(*bytes, command.file.string(), options);
  if (!exam) return report_error(exam.error());
  fmt::print("{}", command.json ? render_exam_json(*exam) : render_exam(*exam));
  return kDone;
}

int run_exam(const ExamCommand& command) {
  const ExamOptions options{today()};
  if (command.check) return check(command, options);
  const bool as_json = command.json || to_lower(command.file.extension().string()) == ".json";
  ExamOnDisk disk(command.file, as_json);
  auto exam = disk.load(options);
  if (!exam) return report_error(exam.error());
  for (const std::string& note : exam->notes) fmt::print(stderr, "note: {}\n", note);
  const auto n_answered = ask(*exam, disk, options);
  if (!n_answered) return report_error(n_answered.error());
  if (*n_answered == 0) {
    fmt::print("\nNothing was answered, and nothing written.\n");
    return kDone;
  }
  fmt::print("\n{} {} in {}. {}\n", counted(static_cast<std::size_t>(*n_answered), "answer"),
             *n_answered == 1 ? "is" : "are", disk.where(), assess_safety(*exam).sentence);
  return kDone;
}

}  // namespace

Command add_exam(CLI::App& app) {
  const auto c = std::make_shared<ExamCommand>();
  CLI::App* sub = app.add_subcommand("exam", kExamHelp);
  sub->add_option("file", c->file, "where the answers are kept (.toml, .json)")
      ->check(not_empty)
      ->capture_default_str();
  sub->add_flag("--check", c->check,
                "say what is in it, how exact it is and what could not be used; ask nothing");
  sub->add_flag("--json", c->json, "write JSON (docs/exam.schema.json)");
  return {sub, [c](const std::string&) { return run_exam(*c); }};
}

}  // namespace catena
