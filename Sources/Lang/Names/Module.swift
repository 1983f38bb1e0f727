// The top level of a file: its global names and their values. The script, each imported file and the REPL (over all
// its inputs) are one module each.

/// A module with its globals.
final class Module {
    struct Global {
        let index: Int
        var kind: Variable.Kind
        var source: SourceFile
        var range: SourceRange
        var module: Module?

        var isAssignable: Bool { kind == .var }
    }

    let source: SourceFile?
    private(set) var globals: [String: Global] = [:]
    private(set) var names: [String] = []
    /// nil until the declaration has run.
    private(set) var values: UnsafeMutablePointer<Value?>
    private var capacity = 16
    /// The compiled top level of an imported file.
    var chunk: Chunk?
    /// An imported file runs once.
    var hasRun = false

    init(source: SourceFile?) {
        self.source = source
        values = .allocate(capacity: capacity)
        values.initialize(repeating: nil, count: capacity)
    }

    /// A module that knows the names of another but not their values: for checking without running.
    convenience init(declaring other: Module) {
        self.init(source: nil)
        for name in other.names {
            guard let global = other.globals[name] else { continue }
            _ = declare(name, global.kind, at: Place(source: global.source, range: global.range))
        }
    }

    deinit {
        values.deinitialize(count: capacity)
        values.deallocate()
    }

    /// Declares a name, or declares it anew in the same place, so that functions that use it see the new value.
    func declare(_ name: String, _ kind: Variable.Kind, at place: Place) -> Global {
        var global = Global(
            index: globals[name]?.index ?? names.count, kind: kind, source: place.source, range: place.range)
        if global.index == names.count {
            names.append(name)
            reserve(names.count)
        }
        global.module = nil
        globals[name] = global
        return global
    }

    func bind(_ name: String, to module: Module) { globals[name]?.module = module }

    /// Forgets the names that have no value, after a run that failed.
    func forgetUnset() {
        for (name, global) in globals where values[global.index] == nil { globals[name] = nil }
    }

    func value(of name: String) -> Value? { globals[name].flatMap { values[$0.index] } }

    /// What an import binds: the names with values, in order of declaration.
    var record: Record {
        Record(names.compactMap { name in value(of: name).map { (name, $0) } })
    }

    private func reserve(_ count: Int) {
        guard count > capacity else { return }
        let grown = UnsafeMutablePointer<Value?>.allocate(capacity: capacity * 2)
        grown.moveInitialize(from: values, count: capacity)
        (grown + capacity).initialize(repeating: nil, count: capacity)
        values.deallocate()
        values = grown
        capacity *= 2
    }
}
