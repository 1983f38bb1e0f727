import Foundation
import Lang

/// What a completion may look at: a session's names and values, and the file system, all without side effects.
struct CompletionFacts {
    /// Names that scripts can use now.
    var names: [String]
    /// The value of a global name.
    var value: (String) -> Value?
    /// What lies in a folder, folders with a `/` at their end; nil when it cannot be read.
    var files: (_ folder: String) -> [String]?
    var home: String

    init(_ interpreter: Interpreter) {
        names = Set(interpreter.globalNames).filter { interpreter.value(of: $0) != nil }.sorted()
        value = { interpreter.value(of: $0) }
        files = CompletionFacts.list
        home = ProcessInfo.processInfo.environment["HOME"] ?? ""
    }

    /// The value of `a.b.c`. Only fields are read, nothing is called.
    func value(of chain: [String]) -> Value? {
        guard let first = chain.first else { return nil }
        return chain.dropFirst().reduce(value(first)) { value, name in
            switch value {
            case .record(let record): record[name]
            case .foreign(let object): (try? object.field(name)) ?? nil
            default: nil
            }
        }
    }

    private static func list(_ folder: String) -> [String]? {
        guard let names = try? FileManager.default.contentsOfDirectory(atPath: folder) else { return nil }
        return names.map { name in
            var isFolder: ObjCBool = false
            let exists = FileManager.default.fileExists(atPath: folder + "/" + name, isDirectory: &isFolder)
            return exists && isFolder.boolValue ? name + "/" : name
        }
    }
}
