# cmake -DSERVICE=contrats -DOUT=migrations.cc "-DFILES=a.sql;b.sql" -P embed_migrations.cmake
#
# Writes the .cc that carries a service's migrations in its binary, in the order of their numbers:
#   const std::vector<pdv::pg::Migration>& pdv::<service>::Migrations();
# ISO C++ promises literals of 65536 characters: longer texts are cut, adjacent literals are one.
set(piece_length 60000)
set(rows "")
list(SORT FILES)
foreach(file IN LISTS FILES)
  get_filename_component(base "${file}" NAME)
  if(NOT base MATCHES "^0*([0-9]+)_([a-z0-9_]+)\\.sql$")
    message(FATAL_ERROR "${file}: a migration is named NNNN_slug.sql")
  endif()
  set(number "${CMAKE_MATCH_1}")
  set(slug "${CMAKE_MATCH_2}")
  file(READ "${file}" sql)
  string(LENGTH "${sql}" length)
  string(APPEND rows "      {${number}, \"${slug}\",")
  set(at 0)
  while(at LESS length)
    string(SUBSTRING "${sql}" ${at} ${piece_length} piece)
    string(APPEND rows "\n       R\"pdv_sql(${piece})pdv_sql\"")
    math(EXPR at "${at} + ${piece_length}")
  endwhile()
  if(length EQUAL 0)
    message(FATAL_ERROR "${file}: an empty migration")
  endif()
  string(APPEND rows "},\n")
endforeach()

file(WRITE "${OUT}.new" "// Generated from services/${SERVICE}/migrations by common/pg/embed_migrations.cmake.
#include <vector>

#include \"common/pg/migrations.h\"

namespace pdv::${SERVICE} {

const std::vector<pg::Migration>& Migrations() {
  static const auto* all = new std::vector<pg::Migration>{
${rows}  };
  return *all;
}

}  // namespace pdv::${SERVICE}
")
file(RENAME "${OUT}.new" "${OUT}")
