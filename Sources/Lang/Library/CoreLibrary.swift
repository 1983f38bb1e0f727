// The functions that need nothing but the language, group by group. Files, random numbers, tables and everything
// beyond are added by the host program.

/// The core library.
enum CoreLibrary {
    static var signatures: [Signature] { core + lists + higherOrder + records + strings + elementary + numbers }
}
