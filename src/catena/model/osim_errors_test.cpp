// Every complaint of the reader: its code, its sentence and its place.
#include <gtest/gtest.h>

#include <algorithm>

#include "catena/model/osim_reader.h"
#include "catena/model/osim_test_documents.h"

namespace catena {
namespace {

Error error_of(const std::string& bytes) {
  Result<Model> model = parse_osim(bytes, "m.osim");
  if (model) {
    ADD_FAILURE() << "was read: " << bytes.substr(0, 300);
    return {};
  }
  return model.error();
}

/// "m.osim:12", the line on which `text` stands last.
std::string line_of(const std::string& bytes, const std::string& text) {
  const std::size_t at = bytes.rfind(text);
  EXPECT_NE(at, std::string::npos) << text;
  const auto line =
      std::count(bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(at), '\n');
  return "m.osim:" + std::to_string(line + 1);
}

/// at         text of the line that the error must name
void expect_error(const std::string& bytes, Errc code, const std::string& what,
                  const std::string& at) {
  const Error error = error_of(bytes);
  EXPECT_EQ(error.code, code) << to_sentence(error);
  EXPECT_EQ(error.what, what);
  EXPECT_EQ(error.where, line_of(bytes, at)) << error.what;
}

std::string pin(const std::string& inside) {
  return old_document(old_body("b", old_joint("PinJoint", "j", "ground", coordinate("q", inside))));
}

std::string custom(const std::string& spatial) {
  return old_document(old_body(
      "b", old_joint("CustomJoint", "j", "ground", coordinate("q") + coordinate("p"), spatial)));
}

TEST(OsimErrors, RefuseWhatIsNoXml) {
  EXPECT_EQ(error_of("").what, "there is no XML in this file");
  EXPECT_EQ(error_of("   \n ").what, "there is no XML in this file");
  EXPECT_EQ(error_of("PathFileType 4 (X/Y/Z)\n").code, Errc::kBadFormat);
  EXPECT_EQ(error_of(std::string("\0\1\2\3", 4)).code, Errc::kBadFormat);
}

TEST(OsimErrors, NameTheLineThatIsNotWellFormed) {
  const Error error = error_of("<OpenSimDocument Version=\"30000\">\n<Model>\n</Body>\n");
  EXPECT_EQ(error.code, Errc::kBadFormat);
  EXPECT_EQ(error.what, "not well-formed XML: start-end tags mismatch");
  EXPECT_EQ(error.where, "m.osim:3");
}

TEST(OsimErrors, RefuseATruncatedFile) {
  const std::string whole = pin("");
  EXPECT_EQ(error_of(whole.substr(0, whole.size() / 2)).code, Errc::kBadFormat);
}

TEST(OsimErrors, RefuseAbsurdNesting) {
  std::string deep = "<OpenSimDocument Version=\"30000\">";
  for (int i = 0; i < 200; ++i) deep += "<a>";
  for (int i = 0; i < 200; ++i) deep += "</a>";
  const Error error = error_of(deep + "</OpenSimDocument>");
  EXPECT_EQ(error.code, Errc::kBadFormat);
  EXPECT_EQ(error.what, "elements are nested more than 100 deep");
}

TEST(OsimErrors, RefuseOtherDocumentsAndVersions) {
  expect_error("<html></html>", Errc::kBadFormat,
               "the outermost element is <html>, not <OpenSimDocument>", "<html>");
  expect_error("<OpenSimDocument Version=\"50000\"><Model/></OpenSimDocument>", Errc::kUnsupported,
               "the document's version is '50000'; Catena reads 10901 (1.09) to 4.x",
               "<OpenSimDocument");
  expect_error("<OpenSimDocument Version=\"40000\">\n<IKTaskSet/></OpenSimDocument>",
               Errc::kMissingData, "there is no <Model> in this document, but <IKTaskSet>",
               "<OpenSimDocument");
  expect_error("<OpenSimDocument Version=\"40000\">\n<Model/></OpenSimDocument>",
               Errc::kMissingData, "the model has no bodies", "<Model");
}

TEST(OsimErrors, NameTheJointKindThatCatenaLacks) {
  expect_error(old_document(old_body("b", "\n<EllipsoidJoint name=\"e\"/>")), Errc::kUnsupported,
               "joint 'e' is of kind EllipsoidJoint, which Catena does not have",
               "<EllipsoidJoint");
}

TEST(OsimErrors, NameTheReversedJoint) {
  expect_error(old_document(old_body("b", old_joint("PinJoint", "j", "ground", coordinate("q"),
                                                    "<reverse>true</reverse>"))),
               Errc::kUnsupported, "PinJoint 'j' is reversed (child to parent)", "<PinJoint");
}

TEST(OsimErrors, NameTheMissingParent) {
  expect_error(old_document(old_body("b", old_joint("PinJoint", "j", "hips", coordinate("q")))),
               Errc::kMissingData, "there is no body or frame 'hips'", "<PinJoint");
  expect_error(old_document(old_body("b", "<PinJoint name=\"j\"/>")), Errc::kMissingData,
               "joint 'j' names no parent", "<PinJoint");
  expect_error(new_document(new_body("b"), new_joint("PinJoint", "j", "/ground", "")),
               Errc::kMissingData, "joint 'j' names no child", "<PinJoint");
}

TEST(OsimErrors, NameACircleOfBodies) {
  expect_error(old_document(old_body("a", old_joint("WeldJoint", "j", "c", "")) +
                            old_body("b", old_joint("WeldJoint", "k", "a", "")) +
                            old_body("c", old_joint("WeldJoint", "l", "b", ""))),
               Errc::kBadFormat, "bodies hang on each other in a circle: 'a', 'c', 'b'", "\"j\"");
}

TEST(OsimErrors, NameABodyThatHangsOnItself) {
  expect_error(old_document(old_body("a", old_joint("WeldJoint", "j", "a", ""))), Errc::kBadFormat,
               "bodies hang on each other in a circle: 'a'", "\"j\"");
}

TEST(OsimErrors, NameLoopsAndLooseBodies) {
  const std::string twice = new_joint("WeldJoint", "j", "/ground", "/bodyset/b") +
                            new_joint("WeldJoint", "k", "/ground", "/bodyset/b");
  expect_error(new_document(new_body("b"), twice), Errc::kUnsupported,
               "body 'b' is carried by two joints, 'j' and 'k'; Catena follows trees, not loops",
               "\"k\"");
  expect_error(new_document(new_body("b"), ""), Errc::kMissingData,
               "no joint carries body 'b' to its parent", "<Body");
  expect_error(new_document(new_body("b"), new_joint("WeldJoint", "j", "/bodyset/b", "/ground")),
               Errc::kUnsupported, "joint 'j' carries ground", "\"j\"");
}

TEST(OsimErrors, NameAFrameThatHangsOnItself) {
  const std::string joint = new_joint("WeldJoint", "j", "f", "/bodyset/b",
                                      "<frames>" + offset_frame("f", "../g", "0 0 0") +
                                          offset_frame("g", "../f", "0 0 0") + "</frames>");
  const Error error = error_of(new_document(new_body("b"), joint));
  EXPECT_EQ(error.code, Errc::kBadFormat);
  EXPECT_NE(error.what.find("hangs on itself"), std::string::npos) << error.what;
}

TEST(OsimErrors, NameAFrameOfAKindThatCatenaLacks) {
  const std::string joint = new_joint("WeldJoint", "j", "f", "/bodyset/b",
                                      "<frames>\n<StationDefinedFrame name=\"f\"/></frames>");
  expect_error(new_document(new_body("b"), joint), Errc::kUnsupported,
               "frame '/jointset/j/f' is of kind StationDefinedFrame, which Catena does not have",
               "<StationDefinedFrame");
}

TEST(OsimErrors, NameWhatIsThereTwice) {
  const std::string weld = old_joint("WeldJoint", "j", "ground", "");
  expect_error(old_document(old_body("b", weld) + old_body("b", weld)), Errc::kBadFormat,
               "there are two bodies named 'b'", "<Body name=\"b\"");
  expect_error(old_document(old_body("b", weld) + old_body("c", weld)), Errc::kBadFormat,
               "there are two joints named 'j'", "<WeldJoint");
  expect_error(old_document(old_body("b", old_joint("PinJoint", "j", "ground", coordinate("q"))) +
                            old_body("c", old_joint("PinJoint", "k", "ground", coordinate("q")))),
               Errc::kBadFormat, "there are two coordinates named 'q'", "<PinJoint");
  const std::string marker = "<Marker name=\"m\"><body>ground</body></Marker>\n";
  expect_error(
      old_document("", "<MarkerSet><objects>" + marker + marker + "</objects></MarkerSet>"),
      Errc::kBadFormat, "there are two markers named 'm'", "<Marker name");
}

TEST(OsimErrors, RefuseNumbersThatAreNone) {
  expect_error(pin("\n<default_value>NaN</default_value>"), Errc::kBadFormat,
               "'NaN' in <default_value> of Coordinate 'q' is not a finite number", "NaN");
  expect_error(pin("<default_value>1e999</default_value>"), Errc::kBadFormat,
               "'1e999' in <default_value> of Coordinate 'q' is not a finite number", "1e999");
  expect_error(pin("<default_value>1 2</default_value>"), Errc::kBadFormat,
               "<default_value> of Coordinate 'q' holds 2 numbers instead of one",
               "<default_value>");
  expect_error(pin("<range>1,5 2</range>"), Errc::kBadFormat,
               "'1,5' in <range> of Coordinate 'q' is not a finite number", "<range>");
  expect_error(pin("<locked>perhaps</locked>"), Errc::kBadFormat,
               "'perhaps' in <locked> of Coordinate 'q' is neither true nor false", "perhaps");
  expect_error(old_document("<Body name=\"b\"><mass>-1</mass></Body>"), Errc::kBadFormat,
               "body 'b' has a negative mass", "<mass>");
}

TEST(OsimErrors, RefuseRangesThatMakeNoSense) {
  expect_error(pin("<range>1</range>"), Errc::kBadFormat,
               "the range of coordinate 'q' is not two numbers", "<range>");
  expect_error(pin("<range>1 -1</range><clamped>true</clamped>"), Errc::kBadFormat,
               "the range of coordinate 'q' ends before it begins", "<range>");
}

TEST(OsimErrors, NameTheAxisThatFollowsSeveralCoordinates) {
  expect_error(
      custom("<SpatialTransform>\n" + axis("rotation1", "q p", "1 0 0") + "</SpatialTransform>"),
      Errc::kUnsupported,
      "axis 'rotation1' of joint 'j' depends on 2 coordinates (q, p); Catena follows one",
      "rotation1");
}

TEST(OsimErrors, RefuseAxesThatMakeNoJoint) {
  expect_error(
      custom("<SpatialTransform>" + axis("rotation1", "q", "0 0 0") + "</SpatialTransform>"),
      Errc::kBadFormat, "an axis of joint 'j' has no direction", "rotation1");
  expect_error(custom("<SpatialTransform>" + axis("rotation1", "q", "0 1 0") +
                      axis("translation1", "p", "1 0 0") + "</SpatialTransform>"),
               Errc::kBadFormat, "two axes of joint 'j' are collinear", "<CustomJoint");
  expect_error(
      custom("<SpatialTransform>" + axis("rotation1", "q", "1 0 0") + "</SpatialTransform>"),
      Errc::kBadFormat, "coordinate 'p' moves no axis of joint 'j'", "<CustomJoint");
  expect_error(custom("<SpatialTransform>" + axis("rotation1", "", "1 0 0", "<LinearFunction/>") +
                      "</SpatialTransform>"),
               Errc::kBadFormat,
               "axis 'rotation1' of joint 'j' has a function but names no coordinate", "rotation1");
}

TEST(OsimErrors, NameTheFunctionThatCatenaLacks) {
  const auto with = [](const std::string& function) {
    return custom("<SpatialTransform>" + axis("rotation1", "q", "1 0 0", function) +
                  "</SpatialTransform>");
  };
  expect_error(with("<GCVSpline/>"), Errc::kUnsupported,
               "Catena has no function of the kind GCVSpline", "<GCVSpline");
  expect_error(with("<SimmSpline name=\"f\"><x>0 1</x><y>0</y></SimmSpline>"), Errc::kBadFormat,
               "SimmSpline 'f' has 2 x but 1 y", "<SimmSpline");
  expect_error(with("<SimmSpline name=\"f\"><x>0</x><y>0</y></SimmSpline>"), Errc::kBadFormat,
               "SimmSpline 'f' needs at least two points", "<SimmSpline");
  expect_error(with("<SimmSpline name=\"f\"><x>0 2 1</x><y>0 1 2</y></SimmSpline>"),
               Errc::kBadFormat, "SimmSpline 'f' goes backwards in x at point 3", "<SimmSpline");
  expect_error(with("<MultiplierFunction/>"), Errc::kBadFormat,
               "this MultiplierFunction has no function to multiply", "<MultiplierFunction");
}

TEST(OsimErrors, NameTheConstraintThatCannotBeHonoured) {
  const auto with = [](const std::string& constraint) {
    return old_document(old_body("b", old_joint("UniversalJoint", "j", "ground",
                                                coordinate("q") + coordinate("p"))),
                        "<ConstraintSet><objects>\n" + constraint + "</objects></ConstraintSet>");
  };
  expect_error(with("<PointConstraint name=\"pc\"/>"), Errc::kUnsupported,
               "PointConstraint 'pc' is enforced; of constraints Catena has coordinate couplers "
               "only",
               "<PointConstraint");
  const std::string open = "<CoordinateCouplerConstraint name=\"c\">";
  const std::string close = "</CoordinateCouplerConstraint>";
  const auto coupled = [&](const std::string& from, const std::string& to) {
    return open + "<coupled_coordinates_function><LinearFunction/></coupled_coordinates_function>" +
           "<independent_coordinate_names>" + from + "</independent_coordinate_names>" +
           "<dependent_coordinate_name>" + to + "</dependent_coordinate_name>" + close;
  };
  expect_error(with(coupled("q p", "r")), Errc::kUnsupported,
               "CoordinateCouplerConstraint 'c' depends on 2 coordinates; Catena follows one",
               "\"c\"");
  expect_error(with(coupled("q", "r")), Errc::kMissingData,
               "CoordinateCouplerConstraint 'c' couples coordinate 'r', which the model does not "
               "have",
               "\"c\"");
  expect_error(with(coupled("q", "q")), Errc::kBadFormat,
               "CoordinateCouplerConstraint 'c' couples coordinate 'q' to itself", "\"c\"");
  expect_error(with(coupled("q", "p") + coupled("p", "q")), Errc::kBadFormat,
               "constraint 'c' couples coordinates to each other in a circle", "\"c\"");
  expect_error(with(coupled("q", "p") + "\n" + coupled("q", "p")), Errc::kBadFormat,
               "two constraints, 'c' and 'c', set coordinate 'p'", "\"c\"");
}

TEST(OsimErrors, NameTheMarkerWhoseBodyIsNotThere) {
  expect_error(old_document("",
                            "<MarkerSet><objects>\n<Marker name=\"toe\"><body>foot</body>"
                            "</Marker></objects></MarkerSet>"),
               Errc::kMissingData, "marker 'toe' sits on 'foot', which the model does not have",
               "toe");
  Model model;
  model.bodies.push_back({.name = "ground"});
  const auto set = parse_marker_set(model,
                                    "<MarkerSet><objects>\n<Marker name=\"toe\"><body>foot</body>"
                                    "</Marker></objects></MarkerSet>",
                                    "set.xml");
  ASSERT_FALSE(set);
  EXPECT_EQ(set.error().code, Errc::kMissingData);
  EXPECT_EQ(set.error().where, "set.xml:2");
}

TEST(OsimErrors, RefuseAModelFileAsMarkerSetAndTheOtherWayRound) {
  Model model;
  model.bodies.push_back({.name = "ground"});
  const auto set = parse_marker_set(model, pin(""), "m.osim");
  ASSERT_FALSE(set);
  EXPECT_EQ(set.error().what, "there is no <MarkerSet> in this document, but <Model>");
}

TEST(OsimErrors, NameTheSetThatStandsInAnotherFile) {
  expect_error(old_document("", "<MarkerSet file=\"set.xml\"/>"), Errc::kUnsupported,
               "<MarkerSet> stands in another file, 'set.xml'", "set.xml");
}

TEST(OsimErrors, ArePlainTextWhateverNamesTheFileHas) {
  const std::string name = "\x1b[31m\xff" + std::string(5000, 'x');
  const Error error = error_of(old_document(old_body("b", old_joint("PinJoint", "j", name, ""))));
  EXPECT_EQ(error.what.substr(0, 40), "there is no body or frame '?[31m?xxxxxxx");
  EXPECT_LT(error.what.size(), 500U);
}

TEST(OsimErrors, SayWhatToDoAboutAMissingFile) {
  const auto model = read_osim("/nowhere/m.osim");
  ASSERT_FALSE(model);
  EXPECT_EQ(model.error().code, Errc::kCannotRead);
}

}  // namespace
}  // namespace catena
