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
        /// What the source tells about the value, for checks of this file and of those that import it.
        var known = Known.unknown

        var isAssignable: Bool { kind == .var }
    }

    /// Where the machine finds a global.
    struct Slot {
        /// nil until the declaration has run.
        var value: Value?
        /// The code of a function that is bound here for good, takes no more than a frame and captures nothing: a call
        /// enters it without a look at the value, which keeps it alive.
        var entry: UnsafePointer<Chunk.Entry>?
    }

    let source: SourceFile?
    private(set) var globals: [String: Global] = [:]
    private(set) var names: [String] = []
    /// By the index of the global.
    private(set) var slots: UnsafeMutablePointer<Slot>
    private var capacity = 16
    /// Functions that were bound anew (in the REPL): a call of one may be in progress.
    private var retired: [Value] = []
    /// The compiled top level of an imported file.
    var chunk: Chunk?
    /// An imported file runs once.
    var hasRun = false

    init(source: SourceFile?) {
        self.source = source
        slots = .allocate(capacity: capacity)
        slots.initialize(repeating: Slot(), count: capacity)
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
        slots.deinitialize(count: capacity)
        slots.deallocate()
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

    /// Keeps what the declaration at a place tells; a later one that was refused tells nothing.
    func learn(_ name: String, _ known: Known, from place: Place) {
        guard let global = globals[name], global.source === place.source, global.range == place.range else { return }
        globals[name]?.known = known
    }

    /// Forgets the names that have no value, after a run that failed.
    func forgetUnset() {
        for (name, global) in globals where slots[global.index].value == nil { globals[name] = nil }
    }

    func value(of name: String) -> Value? { globals[name].flatMap { slots[$0.index].value } }

    // MARK: Values

    func store(_ value: Value, at index: Int) {
        if slots[index].entry != nil { retire(at: index) }
        slots[index].value = value
    }

    /// Stores the function of a name that is never assigned.
    func define(_ function: Value, at index: Int) {
        store(function, at: index)
        guard case .closure(let closure) = function, closure.captures.isEmpty else { return }
        let entry = UnsafePointer(closure.chunk.entry)
        if entry.pointee.isPlain { slots[index].entry = entry }
    }

    /// Moves a value out, so that a change finds the only reference; `giveBack` must follow.
    func take(at index: Int) -> Value? {
        defer { if slots[index].value != nil { slots[index].value = .nothing } }
        return slots[index].value
    }

    func giveBack(_ value: Value?, at index: Int) { slots[index].value = value }

    private func retire(at index: Int) {
        if let value = slots[index].value { retired.append(value) }
        slots[index].entry = nil
    }

    /// What an import binds: the names with values, in order of declaration.
    var record: Record {
        Record(names.compactMap { name in value(of: name).map { (name, $0) } })
    }

    private func reserve(_ count: Int) {
        guard count > capacity else { return }
        let grown = UnsafeMutablePointer<Slot>.allocate(capacity: capacity * 2)
        grown.moveInitialize(from: slots, count: capacity)
        (grown + capacity).initialize(repeating: Slot(), count: capacity)
        slots.deallocate()
        slots = grown
        capacity *= 2
    }
}
