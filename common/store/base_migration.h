#ifndef PDV_COMMON_STORE_BASE_MIGRATION_H_
#define PDV_COMMON_STORE_BASE_MIGRATION_H_

#include "common/pg/migrations.h"

namespace pdv::store {

// Migration 0 of every service: journal, idempotence, mirror cursors, the key of page tokens.
const pg::Migration& BaseMigration();

}  // namespace pdv::store

#endif  // PDV_COMMON_STORE_BASE_MIGRATION_H_
