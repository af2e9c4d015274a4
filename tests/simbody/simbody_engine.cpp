#include "simbody_engine.h"

#include <algorithm>

#include "Simbody.h"

namespace simbody_engine {
namespace {

using SimTK::MobilizedBody;

class Wrapped : public SimTK::Function {
 public:
  Wrapped(Function function, int arguments)
      : function_(std::move(function)), arguments_(arguments) {}
  double calcValue(const SimTK::Vector& x) const override {
    return function_(arguments_ == 0 ? 0.0 : x[0]).first;
  }
  // Second derivatives are asked for accelerations only, which nobody wants here.
  double calcDerivative(const SimTK::Array_<int>& order, const SimTK::Vector& x) const override {
    return order.size() == 1 && arguments_ == 1 ? function_(x[0]).second : 0.0;
  }
  int getArgumentSize() const override { return arguments_; }
  int getMaxDerivativeOrder() const override { return 2; }
  Wrapped* clone() const override { return new Wrapped(*this); }

 private:
  Function function_;
  int arguments_;
};

/// As OpenSim couples: function(independent) - dependent = 0.
class Difference : public SimTK::Function {
 public:
  explicit Difference(Function function) : function_(std::move(function)) {}
  double calcValue(const SimTK::Vector& x) const override { return function_(x[0]).first - x[1]; }
  double calcDerivative(const SimTK::Array_<int>& order, const SimTK::Vector& x) const override {
    if (order.size() != 1) return 0.0;
    return order[0] == 0 ? function_(x[0]).second : -1.0;
  }
  int getArgumentSize() const override { return 2; }
  int getMaxDerivativeOrder() const override { return 2; }
  Difference* clone() const override { return new Difference(*this); }

 private:
  Function function_;
};

SimTK::Vec3 vec3(const Eigen::Vector3d& v) { return {v.x(), v.y(), v.z()}; }

Eigen::Vector3d eigen(const SimTK::Vec3& v) { return {v[0], v[1], v[2]}; }

Eigen::Matrix3d eigen(const SimTK::Mat33& r) {
  Eigen::Matrix3d m;
  for (int i = 0; i < 3; ++i) {
    for (int j = 0; j < 3; ++j) m(i, j) = r(i, j);
  }
  return m;
}

SimTK::Transform transform(const Frame& frame) {
  SimTK::Mat33 m;
  for (int i = 0; i < 3; ++i) {
    for (int j = 0; j < 3; ++j) m(i, j) = frame.rotation(i, j);
  }
  return {SimTK::Rotation(m, true), vec3(frame.translation)};
}

}  // namespace

struct Engine::State {
  struct Slot {
    std::size_t body = 0;
    int q = 0;
  };

  SimTK::MultibodySystem system;
  SimTK::SimbodyMatterSubsystem matter{system};
  SimTK::State state;
  std::vector<MobilizedBody> bodies;
  std::vector<Slot> slots;  // where each coordinate lives
  SimTK::Body::Rigid mass{SimTK::MassProperties(1.0, SimTK::Vec3(0), SimTK::Inertia(1.0))};

  const MobilizedBody& body_of(int coordinate) const {
    return bodies[slots[static_cast<std::size_t>(coordinate)].body];
  }
  int q_of(int coordinate) const { return slots[static_cast<std::size_t>(coordinate)].q; }

  MobilizedBody make_custom(const Joint& joint, MobilizedBody& parent, const SimTK::Transform& from,
                            const SimTK::Transform& to) {
    std::vector<int> coordinates;
    std::vector<const SimTK::Function*> functions;
    std::vector<std::vector<int>> arguments(6);
    std::vector<SimTK::Vec3> directions;
    for (std::size_t i = 0; i < 6; ++i) {
      const Axis& axis = joint.axes[i];
      directions.push_back(vec3(axis.direction));
      functions.push_back(new Wrapped(axis.function, axis.coordinate < 0 ? 0 : 1));
      if (axis.coordinate < 0) continue;
      const auto known = std::find(coordinates.begin(), coordinates.end(), axis.coordinate);
      const int index = static_cast<int>(known - coordinates.begin());
      arguments[i] = {index};
      slots[static_cast<std::size_t>(axis.coordinate)] = {bodies.size(), index};
      if (known == coordinates.end()) coordinates.push_back(axis.coordinate);
    }
    return MobilizedBody::FunctionBased(parent, from, mass, to,
                                        static_cast<int>(coordinates.size()), functions, arguments,
                                        directions);
  }

  MobilizedBody make(const Joint& joint) {
    MobilizedBody& parent = bodies[static_cast<std::size_t>(joint.parent)];
    const SimTK::Transform from = transform(joint.parent_from_frame);
    const SimTK::Transform to = transform(joint.child_from_frame);
    for (std::size_t i = 0; i < joint.coordinates.size(); ++i) {
      slots[static_cast<std::size_t>(joint.coordinates[i])] = {bodies.size(), static_cast<int>(i)};
    }
    if (joint.kind == "PinJoint") return MobilizedBody::Pin(parent, from, mass, to);
    if (joint.kind == "WeldJoint") return MobilizedBody::Weld(parent, from, mass, to);
    if (joint.kind == "BallJoint") return MobilizedBody::Ball(parent, from, mass, to);
    if (joint.kind == "UniversalJoint") return MobilizedBody::Universal(parent, from, mass, to);
    if (joint.kind == "FreeJoint") return MobilizedBody::Free(parent, from, mass, to);
    if (joint.kind == "PlanarJoint") return MobilizedBody::Planar(parent, from, mass, to);
    if (joint.kind == "SliderJoint") return MobilizedBody::Slider(parent, from, mass, to);
    if (joint.kind == "GimbalJoint") return MobilizedBody::Gimbal(parent, from, mass, to);
    return make_custom(joint, parent, from, to);
  }

  void couple(const Coupler& coupler) {
    SimTK::Constraint::CoordinateCoupler(
        matter, new Difference(coupler.function),
        std::vector<SimTK::MobilizedBodyIndex>{body_of(coupler.independent).getMobilizedBodyIndex(),
                                               body_of(coupler.dependent).getMobilizedBodyIndex()},
        std::vector<SimTK::MobilizerQIndex>{SimTK::MobilizerQIndex(q_of(coupler.independent)),
                                            SimTK::MobilizerQIndex(q_of(coupler.dependent))});
  }
};

Engine::Engine(int n_coordinates, const std::vector<Joint>& joints,
               const std::vector<Coupler>& couplers)
    : state_(std::make_unique<State>()) {
  state_->slots.resize(static_cast<std::size_t>(n_coordinates));
  state_->bodies.push_back(state_->matter.Ground());
  for (const Joint& joint : joints) {
    const MobilizedBody made = state_->make(joint);
    state_->bodies.push_back(made);
  }
  for (const Coupler& coupler : couplers) state_->couple(coupler);
  state_->state = state_->system.realizeTopology();
  state_->matter.setUseEulerAngles(state_->state, true);
  state_->system.realizeModel(state_->state);
}

Engine::~Engine() = default;

void Engine::set_pose(const Eigen::VectorXd& q) {
  for (int i = 0; i < q.size(); ++i) {
    state_->body_of(i).setOneQ(state_->state, state_->q_of(i), q[i]);
  }
  state_->system.realize(state_->state, SimTK::Stage::Position);
}

Frame Engine::ground_from_body(int body) const {
  const SimTK::Transform& t =
      state_->bodies[static_cast<std::size_t>(body)].getBodyTransform(state_->state);
  return {eigen(t.R().asMat33()), eigen(t.p())};
}

double Engine::coupler_error() const {
  const SimTK::Vector error = state_->state.getQErr();
  return error.size() == 0 ? 0.0 : error.normInf();
}

Eigen::VectorXd Engine::assembled(const std::vector<int>& dependent) {
  SimTK::Assembler assembler(state_->system);
  const int n = static_cast<int>(state_->slots.size());
  for (int i = 0; i < n; ++i) {
    if (std::find(dependent.begin(), dependent.end(), i) != dependent.end()) continue;
    assembler.lockQ(state_->body_of(i).getMobilizedBodyIndex(),
                    SimTK::MobilizerQIndex(state_->q_of(i)));
  }
  assembler.setAccuracy(1e-13);
  assembler.setErrorTolerance(1e-12);
  assembler.assemble(state_->state);
  Eigen::VectorXd q(n);
  for (int i = 0; i < n; ++i) {
    q[i] = state_->body_of(i).getOneQ(state_->state, state_->q_of(i));
  }
  return q;
}

void Engine::set_unit_speed(int coordinate) {
  SimTK::Vector qdot(state_->state.getNQ(), 0.0);
  qdot[state_->body_of(coordinate).getFirstQIndex(state_->state) + state_->q_of(coordinate)] = 1.0;
  SimTK::Vector u;
  state_->matter.multiplyByNInv(state_->state, false, qdot, u);
  state_->state.updU() = u;
  state_->system.realize(state_->state, SimTK::Stage::Velocity);
}

Eigen::Vector3d Engine::angular_velocity(int body) const {
  return eigen(
      state_->bodies[static_cast<std::size_t>(body)].getBodyAngularVelocity(state_->state));
}

Eigen::Vector3d Engine::velocity(int body, const Eigen::Vector3d& x_in_body) const {
  return eigen(state_->bodies[static_cast<std::size_t>(body)].findStationVelocityInGround(
      state_->state, vec3(x_in_body)));
}

Eigen::Matrix3d body_fixed_xyz(const Eigen::Vector3d& angles_rad) {
  const SimTK::Rotation rotation(SimTK::BodyRotationSequence, angles_rad.x(), SimTK::XAxis,
                                 angles_rad.y(), SimTK::YAxis, angles_rad.z(), SimTK::ZAxis);
  return eigen(rotation.asMat33());
}

}  // namespace simbody_engine
