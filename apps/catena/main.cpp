// catena: the command line. Each command stands in its *_command.cpp.
#include <fmt/core.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdio>
#include <exception>
#include <new>
#include <string>
#include <vector>

#include "catena/core/version.h"
#include "commands.h"
#include "outcome.h"

namespace catena {
namespace {

/// One sentence on stderr; help and version on stdout.
int explain(const CLI::App& app, const std::vector<Command>& commands, const CLI::ParseError& error,
            int argc, char** argv) {
  if (error.get_exit_code() == 0) return app.exit(error);
  const std::string first = argc > 1 ? argv[1] : "";
  bool is_command = false;
  std::string known;
  for (const Command& command : commands) {
    const std::string name = command.words->get_name();
    is_command = is_command || name == first;
    known += (known.empty() ? "" : &command == &commands.back() ? " or " : ", ") + name;
  }
  std::string what = error.what();
  if (!is_command && !first.empty() && first.front() != '-') {
    what = "there is no command '" + first + "'; use " + known;
  } else if (!is_command && error.get_name() == "RequiredError") {
    what = "a command is missing; use " + known;
  }
  std::replace(what.begin(), what.end(), '\n', ' ');
  fmt::print(stderr, "catena: {}; see catena {}--help\n", what, is_command ? first + " " : "");
  return kBadUsage;
}

int run(int argc, char** argv) {
  CLI::App app{
      "Catena: are your hips to blame for your low back pain? Educational; never a diagnosis."};
  app.require_subcommand(1);
  app.set_version_flag("--version", std::string("catena ") + kVersion);
  std::vector<Command> commands;
  for (const auto add : kCommands) commands.push_back(add(app));
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return explain(app, commands, error, argc, argv);
  }
  std::string command_line = "catena";
  for (int i = 1; i < argc; ++i) command_line += std::string(" ") + argv[i];
  const auto asked_for = std::find_if(commands.begin(), commands.end(), [](const Command& command) {
    return command.words->parsed();
  });
  return asked_for->run(command_line);
}

}  // namespace
}  // namespace catena

int main(int argc, char** argv) {
  const auto give_up = [](const char* what) {
    std::fprintf(stderr, "catena: %s\n", what);
    return static_cast<int>(catena::kBadInput);
  };
  try {
    const int code = catena::run(argc, argv);
    if (std::fflush(stdout) == 0) return code;
    return give_up("the result could not be written to the standard output; is the disk full?");
  } catch (const std::bad_alloc&) {
    return give_up("the memory does not suffice; analyse fewer or shorter recordings at a time");
  } catch (const std::exception& error) {
    return give_up(error.what());
  }
}
