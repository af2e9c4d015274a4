// The kernel, written once for any number of lanes. Included by lane_kernel_*.cpp only, each
// compiled for its own instructions; everything here is local to the file that includes it.
#pragma once

#include "catena/kinematics/lane_kernel.h"

namespace catena {
namespace {

struct TwoLanes {
  using V [[gnu::vector_size(16), gnu::may_alias]] = double;
  using I [[gnu::vector_size(16), gnu::may_alias]] = long long;
};

struct FourLanes {
  using V [[gnu::vector_size(32), gnu::may_alias]] = double;
  using I [[gnu::vector_size(32), gnu::may_alias]] = long long;
};

struct EightLanes {
  using V [[gnu::vector_size(64), gnu::may_alias]] = double;
  using I [[gnu::vector_size(64), gnu::may_alias]] = long long;
};

template <class Types>
struct Kernel {
  using V = typename Types::V;
  using I = typename Types::I;
  static constexpr int kLanes = sizeof(V) / sizeof(double);

  static V* rows(double* p) { return reinterpret_cast<V*>(p); }
  static I* flags(long long* p) { return reinterpret_cast<I*>(p); }
  static V all(double value) { return V{} + value; }
  static V smaller(V a, V b) { return a < b ? a : b; }
  static V larger(V a, V b) { return a > b ? a : b; }

  /// Range reduction by pi/2 in three parts, then the polynomials of fdlibm (Sun Microsystems
  /// 1993); errors below 1.5 units in the last place up to some 1e5 rad.
  static void sine_cosine(V angle, V& sine, V& cosine) {
    constexpr double kRound = 6755399441055744.0;  // 1.5 * 2^52: its last bits are the integer
    const V turned = angle * 0.63661977236758134308 + kRound;
    const V n = turned - kRound;
    V r = angle - n * 1.57079632673412561417e+00;
    r = r - n * 6.07710050630396597660e-11;
    r = r - n * 2.02226624879595063154e-21;
    const I quarter = reinterpret_cast<const I&>(turned);
    const V z = r * r;
    V s = 1.58969099521155010221e-10 * z - 2.50507602534068634195e-08;
    s = s * z + 2.75573137070700676789e-06;
    s = s * z - 1.98412698298579493134e-04;
    s = s * z + 8.33333333332248946124e-03;
    s = s * z - 1.66666666666666324348e-01;
    s = s * (z * r) + r;
    V c = -1.13596475577881948265e-11 * z + 2.08757232129817482790e-09;
    c = c * z - 2.75573143513906633035e-07;
    c = c * z + 2.48015872894767294178e-05;
    c = c * z - 1.38888888888741095749e-03;
    c = c * z + 4.16666666666666019037e-02;
    c = c * (z * z) + (1.0 - 0.5 * z);
    const I odd = (quarter & 1) != 0;
    const V a = odd ? c : s;
    const V b = odd ? s : c;
    sine = (quarter & 2) != 0 ? -a : a;
    cosine = ((quarter + 1) & 2) != 0 ? -b : b;
  }

  /// Values of all axes, then frames from the root outwards.
  static void place(const LaneTables& t, const LaneArrays& a) {
    const V* x = rows(a.x);
    V* value = rows(a.value);
    for (int i = 0; i < t.n_values; ++i) {
      const LaneValue& v = t.values[i];
      if (v.variable >= 0) value[i] = x[v.variable] * v.slope + v.intercept;
    }
    for (int b = 1; b < t.n_bodies; ++b) {
      const LaneBody& body = t.bodies[b];
      const V* R = rows(a.rotation) + 9 * body.parent;
      const V* p = rows(a.origin) + 3 * body.parent;
      V offset[3] = {all(body.offset[0]), all(body.offset[1]), all(body.offset[2])};
      for (int s = body.shift_first; s < body.shift_last; ++s) {
        const LaneShift& shift = t.shifts[s];
        V* axis = rows(a.shift_axis) + 3 * s;
        for (int i = 0; i < 3; ++i) {
          offset[i] += value[shift.value] * shift.axis[i];
          axis[i] = R[i] * shift.axis[0] + R[3 + i] * shift.axis[1] + R[6 + i] * shift.axis[2];
        }
      }
      V* origin = rows(a.origin) + 3 * b;
      for (int i = 0; i < 3; ++i) {
        origin[i] = p[i] + R[i] * offset[0] + R[3 + i] * offset[1] + R[6 + i] * offset[2];
      }
      V C[9];
      for (int i = 0; i < 9; ++i) C[i] = R[i];
      for (int k = body.turn_first; k < body.turn_last; ++k) {
        turn(t.turns[k], value[t.turns[k].value], C, rows(a.turn_axis) + 3 * k);
      }
      V* rotation = rows(a.rotation) + 9 * b;
      for (int i = 0; i < 9; ++i) rotation[i] = C[i];
    }
  }

  static void turn(const LaneTurn& turn, V angle, V* C, V* axis) {
    if (turn.has_before) {
      V D[9];
      for (int j = 0; j < 3; ++j) {
        const double* c = turn.before + 3 * j;
        for (int i = 0; i < 3; ++i) D[3 * j + i] = C[i] * c[0] + C[3 + i] * c[1] + C[6 + i] * c[2];
      }
      for (int i = 0; i < 9; ++i) C[i] = D[i];
    }
    V s = {};
    V c = {};
    sine_cosine(angle, s, c);
    V* e = C + 3 * turn.axis;
    V* u = C + 3 * ((turn.axis + 1) % 3);
    V* w = C + 3 * ((turn.axis + 2) % 3);
    for (int i = 0; i < 3; ++i) {
      axis[i] = e[i];
      const V from_u = c * u[i] + s * w[i];
      w[i] = c * w[i] - s * u[i];
      u[i] = from_u;
    }
  }

  /// Adds the markers of a frame to its sums, x from the root's origin and r = target - model:
  /// S is w x x' (6), w x (3), w; T is w r (3), w x r' (9). Returns the cost.
  static V sum_markers(const LaneTables& t, const LaneArrays& a, int b, V* S, V* T) {
    const V* o = rows(a.origin) + 3 * t.origin_body;
    const V* R = rows(a.rotation) + 9 * b;
    const V* p = rows(a.origin) + 3 * b;
    V cost = {};
    for (int m = t.bodies[b].marker_first; m < t.bodies[b].marker_last; ++m) {
      const double* in_frame = t.markers[m].at;
      const V* target = rows(a.target) + 3 * m;
      const V w = rows(a.weight)[m];
      V x[3], r[3], h[3], f[3];
      for (int i = 0; i < 3; ++i) {
        const V at = p[i] + R[i] * in_frame[0] + R[3 + i] * in_frame[1] + R[6 + i] * in_frame[2];
        r[i] = target[i] - at;
        x[i] = at - o[i];
        h[i] = w * x[i];
        f[i] = w * r[i];
      }
      rows(a.distance2)[m] = r[0] * r[0] + r[1] * r[1] + r[2] * r[2];
      cost += f[0] * r[0] + f[1] * r[1] + f[2] * r[2];
      S[0] += h[0] * x[0], S[1] += h[1] * x[1], S[2] += h[2] * x[2];
      S[3] += h[0] * x[1], S[4] += h[0] * x[2], S[5] += h[1] * x[2];
      S[9] += w;
      for (int i = 0; i < 3; ++i) {
        S[6 + i] += h[i];
        T[i] += f[i];
        for (int j = 0; j < 3; ++j) T[3 + 3 * i + j] += x[i] * f[j];
      }
    }
    return cost;
  }

  static void cross(const V* a, const V* b, V* out) {
    out[0] = a[1] * b[2] - a[2] * b[1];
    out[1] = a[2] * b[0] - a[0] * b[2];
    out[2] = a[0] * b[1] - a[1] * b[0];
  }

  static void find_twists(const LaneTables& t, const LaneArrays& a) {
    const V* o = rows(a.origin) + 3 * t.origin_body;
    for (int c = 0; c < t.n_columns; ++c) {
      const LaneColumn& column = t.columns[c];
      V* twist = rows(a.twist) + 6 * c;
      V arm[3];
      for (int i = 0; i < 3; ++i) arm[i] = (rows(a.origin) + 3 * column.body)[i] - o[i];
      if (column.is_one_turn) {
        const V* axis = rows(a.turn_axis) + 3 * t.parts[column.part_first].axis;
        for (int i = 0; i < 3; ++i) twist[i] = axis[i] * column.slope;
        cross(arm, twist, twist + 3);
        continue;
      }
      V w[3] = {};
      V v[3] = {};
      for (int k = column.part_first; k < column.part_last; ++k) {
        const LanePart& part = t.parts[k];
        const V* axis = rows(part.is_shift ? a.shift_axis : a.turn_axis) + 3 * part.axis;
        const V slope = rows(a.slope)[part.value];
        for (int i = 0; i < 3; ++i) (part.is_shift ? v : w)[i] += slope * axis[i];
      }
      V lever[3];
      cross(arm, w, lever);
      for (int i = 0; i < 3; ++i) {
        twist[i] = w[i];
        twist[3 + i] = v[i] + lever[i];
      }
    }
  }

  /// Cost, gradient and matrix, from the leaves inwards: a frame's sums are those of its markers
  /// and of all frames beyond. (Two arrays, because compilers unroll loops of up to 16.)
  static V sum_up(const LaneTables& t, const LaneArrays& a) {
    V* M = rows(a.matrix);
    for (int k = 0; k < t.n_blank; ++k) M[t.blank[k]] = V{};
    for (int v = 0; v < t.n_variables; ++v) rows(a.gradient)[v] = rows(a.diagonal)[v] = V{};
    V cost = {};
    for (int b = t.n_bodies - 1; b >= 0; --b) {
      const LaneBody& body = t.bodies[b];
      V* beyond = rows(a.sums) + 22 * b;
      V S[10];
      V T[12];
      for (int i = 0; i < 10; ++i) S[i] = body.has_children ? beyond[i] : V{};
      for (int i = 0; i < 12; ++i) T[i] = body.has_children ? beyond[10 + i] : V{};
      cost += sum_markers(t, a, b, S, T);
      if (b == 0) break;
      multiply_columns(t, a, body, S, T);
      V* parent = rows(a.sums) + 22 * body.parent;
      for (int i = 0; i < 10; ++i) parent[i] = body.is_last_child ? S[i] : parent[i] + S[i];
      for (int i = 0; i < 12; ++i) {
        parent[10 + i] = body.is_last_child ? T[i] : parent[10 + i] + T[i];
      }
    }
    return cost;
  }

  /// Of each column of a frame: its product with every column nearer to the root.
  static void multiply_columns(const LaneTables& t, const LaneArrays& a, const LaneBody& body,
                               const V* S, const V* F) {
    V* gradient = rows(a.gradient);
    V* diagonal = rows(a.diagonal);
    const V newton = *rows(a.newton);
    const V* h = S + 6;
    const V* C = F + 3;
    const V I_xx = S[1] + S[2], I_yy = S[0] + S[2], I_zz = S[0] + S[1];
    const V P_xx = C[4] + C[8], P_yy = C[0] + C[8], P_zz = C[0] + C[4];
    const V torque[3] = {C[5] - C[7], C[6] - C[2], C[1] - C[3]};
    for (int c = body.column_last - 1; c >= body.column_first; --c) {
      const LaneColumn& column = t.columns[c];
      const V* w = rows(a.twist) + 6 * c;
      const V* v = w + 3;
      gradient[column.variable] -= w[0] * torque[0] + w[1] * torque[1] + w[2] * torque[2] +
                                   v[0] * F[0] + v[1] * F[1] + v[2] * F[2];
      V m[6], bend[3];  // momentum, and how the pull changes as joints nearer to the root turn
      cross(h, v, m);
      m[0] += I_xx * w[0] - S[3] * w[1] - S[4] * w[2];
      m[1] += I_yy * w[1] - S[3] * w[0] - S[5] * w[2];
      m[2] += I_zz * w[2] - S[4] * w[0] - S[5] * w[1];
      cross(w, h, m + 3);
      for (int i = 0; i < 3; ++i) m[3 + i] += S[9] * v[i];
      cross(v, F, bend);
      bend[0] += C[1] * w[1] + C[2] * w[2] - P_xx * w[0];
      bend[1] += C[3] * w[0] + C[5] * w[2] - P_yy * w[1];
      bend[2] += C[6] * w[0] + C[7] * w[1] - P_zz * w[2];
      diagonal[column.variable] +=
          w[0] * m[0] + w[1] * m[1] + w[2] * m[2] + v[0] * m[3] + v[1] * m[4] + v[2] * m[5];
      for (int i = 0; i < 3; ++i) m[i] -= newton * bend[i];
      multiply_pairs(t, a, column, m, bend);
    }
  }

  static void multiply_pairs(const LaneTables& t, const LaneArrays& a, const LaneColumn& column,
                             const V* m, const V* bend) {
    V* M = rows(a.matrix);
    const V* twists = rows(a.twist);
    for (int k = column.pair_first; k < column.pair_turn_last; ++k) {
      const V* s = twists + 6 * t.pairs[k].shallow;
      M[t.pairs[k].entry] =
          (s[0] * m[0] + s[1] * m[1] + s[2] * m[2]) + (s[3] * m[3] + s[4] * m[4] + s[5] * m[5]);
    }
    for (int k = column.pair_turn_last; k < column.pair_last; ++k) {
      const V* s = twists + 6 * t.pairs[k].shallow + 3;
      M[t.pairs[k].entry] = s[0] * m[3] + s[1] * m[4] + s[2] * m[5];
    }
    for (int k = column.extra_first; k < column.extra_last; ++k) {
      const LaneExtraPair& pair = t.extra_pairs[k];
      const V* s = twists + 6 * pair.shallow;
      const V product =
          (s[0] * m[0] + s[1] * m[1] + s[2] * m[2]) + (s[3] * m[3] + s[4] * m[4] + s[5] * m[5]);
      M[pair.entry] += product * pair.factor;
      if (pair.entry != column.variable || pair.factor == 1.0) continue;
      const V second = s[0] * bend[0] + s[1] * bend[1] + s[2] * bend[2];
      rows(a.diagonal)[pair.entry] += (product + *rows(a.newton) * second) * pair.factor;
    }
  }

  static V add_pulls(const LaneTables& t, const LaneArrays& a) {
    V cost = {};
    for (int k = 0; k < t.n_pulls; ++k) {
      const LanePull& pull = t.pulls[k];
      const V weight = *rows(a.weight_seen) * pull.weight;
      const V error = rows(a.x)[pull.variable] - pull.value;
      cost += weight * error * error;
      rows(a.gradient)[pull.variable] += weight * error;
      rows(a.diagonal)[pull.variable] += weight;
      rows(a.matrix)[pull.variable] += weight;
    }
    return cost;
  }

  /// What is known of a pivot: whether the variable is left out, and how.
  static V invert_pivot(const LaneTables& t, const LaneArrays& a, int k, I& indefinite) {
    const V tiny = *rows(a.smallest_pivot);
    const V pivot = rows(a.matrix)[k];
    const V x = rows(a.x)[k];
    const V g = rows(a.gradient)[k];
    const LaneBound& bound = t.bounds[k];
    const I held =
        flags(a.frozen)[k] | ((x <= bound.min) & (g > 0.0)) | ((x >= bound.max) & (g < 0.0));
    const I enough = pivot > tiny;
    const I bad = ~enough & ~held;
    indefinite |= bad & (*rows(a.newton) != 0.0) & (rows(a.diagonal)[k] > tiny);
    flags(a.unseen)[k] = bad;
    return (bad | held) != 0 ? V{} : 1.0 / pivot;
  }

  /// Eliminates kSize variables from `low` on, whose rows share their first columns: in the group
  /// from the last to the first, then all at once from the rows of those columns.
  template <int kSize>
  static void eliminate(const LaneTables& t, const LaneArrays& a, int low, I& indefinite) {
    const int n = t.n_variables;
    V* M = rows(a.matrix);
    V* y = rows(a.next);
    const int* columns = t.row_columns + t.row_first[low];
    const int shared = t.row_first[low + 1] - t.row_first[low];
    V* L[kSize];
    V* U[kSize];  // the rows before they are divided by their pivots
    V right[kSize];
    for (int s = 0; s < kSize; ++s) {
      L[s] = M + n + t.row_first[low + s];
      U[s] = rows(a.row) + s * n;
    }
    for (int s = kSize - 1; s >= 0; --s) {
      const V inverse = invert_pivot(t, a, low + s, indefinite);
      right[s] = y[low + s];
      y[low + s] = right[s] * inverse;
      for (int j = 0; j < shared + s; ++j) {
        U[s][j] = L[s][j];
        L[s][j] = U[s][j] * inverse;
      }
      for (int r = 0; r < s; ++r) {
        const V above = U[s][shared + r];
        M[low + r] -= above * L[s][shared + r];
        y[low + r] -= L[s][shared + r] * right[s];
        for (int j = 0; j < shared + r; ++j) L[r][j] -= above * L[s][j];
      }
    }
    for (int i = 0; i < shared; ++i) {
      V above[kSize];
      V diagonal = M[columns[i]];
      V side = y[columns[i]];
      for (int s = 0; s < kSize; ++s) {
        above[s] = U[s][i];
        diagonal -= above[s] * L[s][i];
        side -= L[s][i] * right[s];
      }
      M[columns[i]] = diagonal;
      y[columns[i]] = side;
      V* changed = M + n + t.row_first[columns[i]];
      for (int j = 0; j < i; ++j) {
        V value = changed[j];
        for (int s = 0; s < kSize; ++s) value -= above[s] * L[s][j];
        changed[j] = value;
      }
    }
  }

  /// Factors M = L' D L from the last variable to the first (Featherstone 2005, IJRR 24:487) and
  /// solves for the step, which is left in `next`. A variable that is held, or that no marker sees,
  /// gets 1/D = 0 and so no step.
  static void factor_and_solve(const LaneTables& t, const LaneArrays& a) {
    V* M = rows(a.matrix);
    V* y = rows(a.next);
    const V damping = *rows(a.damping);
    const int n = t.n_variables;
    for (int v = 0; v < n; ++v) {
      M[v] += damping * rows(a.diagonal)[v];
      y[v] = -rows(a.gradient)[v];
    }
    I indefinite = {};
    for (int g = t.n_groups - 1; g >= 0; --g) {
      const int low = t.group_first[g];
      switch (t.group_first[g + 1] - low) {
        case 3:
          eliminate<3>(t, a, low, indefinite);
          break;
        case 2:
          eliminate<2>(t, a, low, indefinite);
          break;
        default:
          eliminate<1>(t, a, low, indefinite);
      }
    }
    for (int k = 0; k < n; ++k) {
      const int* columns = t.row_columns + t.row_first[k];
      const V* L = M + n + t.row_first[k];
      V sum = y[k];
      for (int i = 0; i < t.row_first[k + 1] - t.row_first[k]; ++i) sum -= L[i] * y[columns[i]];
      y[k] = sum;
    }
    *flags(a.indefinite) = indefinite;
  }

  static void pass(const LaneTables& t, const LaneArrays& a) {
    // A step longer than this, in rad or m, leaves the range where the quadratic picture holds.
    constexpr double kLongestStep = 0.7;
    place(t, a);
    find_twists(t, a);
    const V cost = sum_up(t, a);
    *rows(a.cost) = cost + add_pulls(t, a);
    factor_and_solve(t, a);
    V* next = rows(a.next);
    const V* x = rows(a.x);
    V length = {};
    for (int v = 0; v < t.n_variables; ++v) {
      const LaneBound& bound = t.bounds[v];
      next[v] = larger(smaller(x[v] + next[v], all(bound.max)), all(bound.min)) - x[v];
      length = larger(length, larger(next[v], -next[v]));
    }
    const V scale = length > kLongestStep ? kLongestStep / length : all(1.0);
    for (int v = 0; v < t.n_variables; ++v) {
      const LaneBound& bound = t.bounds[v];
      next[v] = larger(smaller(x[v] + scale * next[v], all(bound.max)), all(bound.min));
    }
    *rows(a.length) = length;
  }

  static void move(const LaneTables& t, const LaneArrays& a) {
    const I advance = *flags(a.advance);
    const I retreat = *flags(a.retreat);
    const I finished = *flags(a.finished);
    for (int v = 0; v < t.n_variables; ++v) {
      V& x = rows(a.x)[v];
      V& base = rows(a.base)[v];
      const V next = rows(a.next)[v];
      const V before = rows(a.earlier1)[v];
      const V two_before = rows(a.earlier2)[v];
      base = advance != 0 ? x : base;
      x = advance != 0 ? next : x;
      x = retreat != 0 ? base : x;
      rows(a.earlier2)[v] = finished != 0 ? before : two_before;
      rows(a.earlier1)[v] = finished != 0 ? next : before;
    }
  }

  static void start(const LaneTables& t, const LaneArrays& a) {
    const I started = *flags(a.started);
    for (int v = 0; v < t.n_variables; ++v) {
      const LaneBound& bound = t.bounds[v];
      const V guess = rows(a.earlier1)[v] * *rows(a.blend1) + rows(a.earlier2)[v] * *rows(a.blend2);
      const V within = larger(smaller(guess, all(bound.max)), all(bound.min));
      rows(a.x)[v] = started != 0 ? within : rows(a.x)[v];
    }
  }

  static void sines_cosines(const double* angle, double* sine, double* cosine, int n) {
    for (int i = 0; i + kLanes <= n; i += kLanes) {
      V x = {};
      V s = {};
      V c = {};
      for (int k = 0; k < kLanes; ++k) x[k] = angle[i + k];
      sine_cosine(x, s, c);
      for (int k = 0; k < kLanes; ++k) {
        sine[i + k] = s[k];
        cosine[i + k] = c[k];
      }
    }
  }

  static double spin(long rounds, double* result) {
    constexpr int kChains = 16;
    V chain[kChains];
    for (int k = 0; k < kChains; ++k) chain[k] = all(k);
    V factor = all(0.999999);
    V term = all(1e-7);
    for (long i = 0; i < rounds; ++i) {
      for (int k = 0; k < kChains; ++k) chain[k] = chain[k] * factor + term;
    }
    for (int k = 1; k < kChains; ++k) chain[0] += chain[k];
    *result = chain[0][0];
    return 2.0 * kLanes * kChains * static_cast<double>(rounds);
  }

  static constexpr LaneKernel table(const char* instructions) {
    return {kLanes, instructions, pass, move, start, sines_cosines, spin};
  }
};

}  // namespace
}  // namespace catena
