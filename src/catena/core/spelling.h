// "Did you mean ...?"
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace catena {

/// Letters to add, drop, replace or exchange with their neighbour to make one word of the other.
/// Upper and lower case are alike.
///
/// source     Damerau 1964, Commun ACM 7:171, each place changed once
std::size_t edit_distance(std::string_view a, std::string_view b);

/// The known word that a mistyped one was most likely meant to be; empty when none is near.
///
/// Near are: a word that begins with the other (three letters or more: "mass" for "mass_kg"), or
/// one letter more, less, other, or two neighbours exchanged for every three letters, at most three
/// times. Upper and lower case are alike. Of equally near words the first is taken.
std::string nearest_word(std::string_view word, std::span<const std::string_view> known);

}  // namespace catena
