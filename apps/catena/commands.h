// The commands of the program. Each stands in its *_command.cpp: its help, the words that it
// understands, and what it does with them.
#pragma once

#include <array>
#include <functional>
#include <string>

namespace CLI {
class App;
}

namespace catena {

struct Command {
  CLI::App* words = nullptr;  // tells whether this command was asked for
  // Returns the exit code. The command line as it was typed goes into what is written.
  std::function<int(const std::string& command_line)> run;
};

// Each adds one command to the program.
Command add_analyze(CLI::App& app);
Command add_fit(CLI::App& app);
Command add_ik(CLI::App& app);
Command add_synth(CLI::App& app);
Command add_check(CLI::App& app);
Command add_strides(CLI::App& app);
Command add_exam(CLI::App& app);
Command add_plan(CLI::App& app);
Command add_compare(CLI::App& app);
Command add_reference(CLI::App& app);
Command add_convert(CLI::App& app);

/// As the help lists them.
inline constexpr std::array kCommands = {add_analyze, add_fit,       add_ik,     add_synth,
                                         add_check,   add_strides,   add_exam,   add_plan,
                                         add_compare, add_reference, add_convert};

}  // namespace catena
