import GRDB

/// The tables of the store and how older stores become current ones: migrations are added at the end, never changed.
enum StoreSchema {
    static var migrator: DatabaseMigrator {
        var migrator = DatabaseMigrator()
        migrator.registerMigration("1: results") { database in
            try database.create(table: "result") { table in
                table.primaryKey("key", .text)
                table.column("kind", .text).notNull()
                table.column("title", .text).notNull()
                table.column("facts", .text).notNull()
                table.column("object", .text)
            }
        }
        return migrator
    }
}
