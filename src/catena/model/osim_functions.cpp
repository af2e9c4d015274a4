#include "catena/model/osim_functions.h"

#include <pugixml.hpp>

namespace catena {
namespace {

struct Points {
  Eigen::VectorXd x, y;
};

Result<Points> read_points(const OsimSource& source, const pugi::xml_node& function) {
  CATENA_TRY(x, read_numbers(source, function, "x"));
  CATENA_TRY(y, read_numbers(source, function, "y"));
  if (x.size() != y.size()) {
    return fail(Errc::kBadFormat,
                describe(function) + " has " + std::to_string(x.size()) + " x but " +
                    std::to_string(y.size()) + " y",
                source.place(function));
  }
  if (x.size() < 2) {
    return fail(Errc::kBadFormat, describe(function) + " needs at least two points",
                source.place(function));
  }
  for (Eigen::Index i = 1; i < x.size(); ++i) {
    if (x[i] < x[i - 1]) {
      return fail(Errc::kBadFormat,
                  describe(function) + " goes backwards in x at point " + std::to_string(i + 1),
                  source.place(function), "sort its points by x");
    }
  }
  return Points{x, y};
}

Result<ScalarFunction> read_linear(const OsimSource& source, const pugi::xml_node& function) {
  CATENA_TRY(coefficients, read_numbers(source, function, "coefficients"));
  if (coefficients.size() == 0) return ScalarFunction(LinearFunction{1.0, 0.0});
  if (coefficients.size() != 2) {
    return fail(Errc::kUnsupported,
                describe(function) + " has " + std::to_string(coefficients.size()) +
                    " coefficients; functions of one coordinate have two",
                source.place(function));
  }
  return ScalarFunction(LinearFunction{coefficients[0], coefficients[1]});
}

Result<ScalarFunction> read_polynomial(const OsimSource& source, const pugi::xml_node& function) {
  CATENA_TRY(coefficients, read_numbers(source, function, "coefficients"));
  if (coefficients.size() == 0) {
    return fail(Errc::kBadFormat, describe(function) + " has no coefficients",
                source.place(function));
  }
  return ScalarFunction(PolynomialFunction{coefficients});
}

/// Any shape but a multiplier, so that reading does not call itself.
Result<ScalarFunction> read_shape(const OsimSource& source, const pugi::xml_node& function) {
  const std::string kind = function.name();
  if (kind == "Constant") {
    CATENA_TRY(value, read_number(source, function, "value", 0.0));
    return ScalarFunction(ConstantFunction{value});
  }
  if (kind == "LinearFunction") return read_linear(source, function);
  if (kind == "PolynomialFunction") return read_polynomial(source, function);
  if (kind == "SimmSpline" || kind == "NaturalCubicSpline" || kind == "natCubicSpline") {
    CATENA_TRY(points, read_points(source, function));
    return ScalarFunction(make_simm_spline(points.x, points.y));
  }
  if (kind == "PiecewiseLinearFunction") {
    CATENA_TRY(points, read_points(source, function));
    return ScalarFunction(PiecewiseLinearFunction{points.x, points.y});
  }
  return fail(Errc::kUnsupported, "Catena has no function of the kind " + kind,
              source.place(function), "fit a SimmSpline to it");
}

bool is_function(const pugi::xml_node& node) {
  const std::string_view name = node.name();
  const auto ends_with = [name](std::string_view end) {
    return name.size() >= end.size() && name.substr(name.size() - end.size()) == end;
  };
  return node.type() == pugi::node_element &&
         (name == "Constant" || name == "Sine" || ends_with("Function") || ends_with("Spline"));
}

/// <function> holds the function, or the function stands there itself.
pugi::xml_node function_node(const pugi::xml_node& holder) {
  const pugi::xml_node wrapper = holder.child("function");
  if (wrapper) return first_element(wrapper);
  for (const pugi::xml_node& child : holder.children()) {
    if (is_function(child)) return child;
  }
  return {};
}

}  // namespace

Result<std::optional<ScalarFunction>> read_function_in(const OsimSource& source,
                                                       const pugi::xml_node& holder) {
  pugi::xml_node function = function_node(holder);
  if (!function) return std::optional<ScalarFunction>();
  double scale = 1.0;
  while (std::string_view(function.name()) == "MultiplierFunction") {
    CATENA_TRY(factor, read_number(source, function, "scale", 1.0));
    scale *= factor;
    const pugi::xml_node inner = function_node(function);
    if (!inner) {
      return fail(Errc::kBadFormat, "this MultiplierFunction has no function to multiply",
                  source.place(function));
    }
    function = inner;
  }
  CATENA_TRY(shape, read_shape(source, function));
  shape.scale = scale;
  return std::optional<ScalarFunction>(shape);
}

}  // namespace catena
