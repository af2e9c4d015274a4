// The inner loop of inverse kinematics: one Newton step for several frames at once, a frame in
// each SIMD lane. Plain data and nothing else: the files that are compiled for newer processors
// include only this, so that no function shared with the rest of the program is compiled twice.
#pragma once

namespace catena {

/// Value of a joint axis: slope * x[variable] + intercept; with variable < 0 the caller fills in
/// value and slope (splines, couplers, prescribed coordinates).
struct LaneValue {
  int variable = -1;
  double slope = 1.0;
  double intercept = 0.0;
};

/// A translation along an axis fixed in the parent's frame.
struct LaneShift {
  int value = 0;
  double axis[3] = {};
};

/// A rotation about axis 0, 1 or 2 of the frame turned so far, after the constant rotation `before`
/// (column by column) where there is one: every skew axis is made an axis of a frame beforehand.
struct LaneTurn {
  int value = 0;
  int axis = 0;
  bool has_before = false;
  double before[9] = {};
};

/// A moving frame; its origin is where its turns meet. Bodies that do not move in it are in it.
struct LaneBody {
  int parent = 0;  // 0 is ground
  int shift_first = 0, shift_last = 0;
  int turn_first = 0, turn_last = 0;
  int marker_first = 0, marker_last = 0;
  int column_first = 0, column_last = 0;
  bool has_children = false;
  bool is_last_child = false;  // of its parent: from the leaves inwards, the first to be added
  double offset[3] = {};       // of the origin, in the parent's frame
};

struct LaneMarker {
  double at[3] = {};  // in its frame, m
};

/// What an axis gives to a column's twist.
struct LanePart {
  bool is_shift = false;
  int axis = 0;   // turn or shift
  int value = 0;  // whose slope multiplies it
};

struct LanePair {
  int shallow = 0;
  int entry = 0;
};

/// A product that is added to an entry that has one already, or that counts twice.
struct LaneExtraPair {
  int shallow = 0;
  int entry = 0;
  double factor = 1.0;
};

struct LaneColumn {
  int variable = 0;
  int body = 0;
  double slope = 1.0;                      // of a column that is one turn
  bool is_one_turn = false;                // part_first is that turn
  int part_first = 0, part_last = 0;       // else
  int pair_first = 0, pair_turn_last = 0;  // first those with columns that turn
  int pair_last = 0;                       // then those with columns that only shift
  int extra_first = 0, extra_last = 0;
};

struct LaneBound {
  double min = -1e30;
  double max = 1e30;
};

struct LanePull {
  int variable = 0;
  double weight = 0.0;
  double value = 0.0;
};

/// The tables of a program. Entries of the matrix: the diagonal, then the rows' patterns, which are
/// nested: the columns of row i are those before i in any row that has a column i.
struct LaneTables {
  int n_values = 0, n_turns = 0, n_shifts = 0, n_bodies = 0, n_markers = 0;
  int n_columns = 0, n_variables = 0, n_entries = 0, n_pulls = 0, n_blank = 0;
  int n_groups = 0;
  int origin_body = 1;
  const LaneValue* values = nullptr;
  const LaneShift* shifts = nullptr;
  const LaneTurn* turns = nullptr;
  const LaneBody* bodies = nullptr;
  const LaneMarker* markers = nullptr;
  const LanePart* parts = nullptr;
  const LaneColumn* columns = nullptr;
  const LanePair* pairs = nullptr;
  const LaneExtraPair* extra_pairs = nullptr;
  const LaneBound* bounds = nullptr;
  const LanePull* pulls = nullptr;
  const int* blank = nullptr;  // entries that no pair of columns sets
  // (n_groups + 1) variables that are eliminated together: 1 to 3 whose rows are each the one
  // before and that one's variable.
  const int* group_first = nullptr;
  const int* row_first = nullptr;    // (n_variables + 1) into row_columns
  const int* row_columns = nullptr;  // ascending; entry of the k-th is n_variables + k
};

/// Rows of one number per lane, aligned to 64 bytes. Flags are -1 for yes and 0 for no.
struct LaneArrays {
  double *x = nullptr, *base = nullptr, *next = nullptr;  // (n_variables)
  double *earlier1 = nullptr, *earlier2 = nullptr;
  double *value = nullptr, *slope = nullptr;           // (n_values)
  double *rotation = nullptr, *origin = nullptr;       // (9, 3 n_bodies)
  double *turn_axis = nullptr, *shift_axis = nullptr;  // (3 n_turns, 3 n_shifts)
  double *target = nullptr, *weight = nullptr;         // (3, 1 n_markers); weight 0: lost
  double* distance2 = nullptr;                         // (n_markers) m^2
  double* sums = nullptr;                              // (22 n_bodies)
  double* twist = nullptr;                             // (6 n_columns)
  double *gradient = nullptr, *diagonal = nullptr;     // (n_variables)
  double *matrix = nullptr, *row = nullptr;            // (n_entries), (n_variables)
  long long *frozen = nullptr, *unseen = nullptr;      // (n_variables)
  double *newton = nullptr, *damping = nullptr;        // (1) each from here on
  double *weight_seen = nullptr, *smallest_pivot = nullptr;
  double *cost = nullptr, *length = nullptr;
  long long* indefinite = nullptr;
  long long *advance = nullptr, *retreat = nullptr, *finished = nullptr, *started = nullptr;
  double *blend1 = nullptr, *blend2 = nullptr;
};

/// The same functions for each kind of processor.
struct LaneKernel {
  int lanes = 0;
  const char* instructions = "";
  /// At x: cost, distances, gradient; then the step of (H - newton * bend + damping * diag H),
  /// variables held at bounds by the sign of their gradient; next = x + step within the bounds,
  /// length = longest step. `indefinite`: Newton's matrix is not positive, the step is void.
  void (*pass)(const LaneTables&, const LaneArrays&) = nullptr;
  /// advance: base = x, x = next. retreat: x = base. finished: next becomes the last answer.
  void (*move)(const LaneTables&, const LaneArrays&) = nullptr;
  /// started: x = blend1 * last answer + blend2 * the one before.
  void (*start)(const LaneTables&, const LaneArrays&) = nullptr;
  /// Sines and cosines of rows of angles, for the test.
  void (*sine_cosine)(const double* angle, double* sine, double* cosine, int n) = nullptr;
  /// Multiplies and adds in registers, 16 chains that wait for nothing but themselves: what the
  /// processor could do, for the benchmark. Returns the operations done.
  double (*spin)(long rounds, double* result) = nullptr;
};

/// Null where the program was not compiled for such processors.
const LaneKernel* lane_kernel_2();       // 2 frames: any processor
const LaneKernel* lane_kernel_avx2();    // 4 frames
const LaneKernel* lane_kernel_avx512();  // 8 frames

}  // namespace catena
