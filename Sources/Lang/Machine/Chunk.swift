// Compiled code of one function, or of a file's top level, with its tables. Code and constants lie in memory of their
// own, so that the loop reads them through plain pointers; the chunk owns that memory and never changes.

final class Chunk {
    struct Parameter {
        let name: String
        let hasDefault: Bool
    }

    /// What a call that is not purely positional passes.
    struct CallShape {
        enum Argument {
            case positional
            case named(String)
            case spread
        }

        let arguments: [Argument]
    }

    /// Ranges of a call's parts, for messages.
    struct CallSite {
        let callee: SourceRange
        /// By position.
        let arguments: [SourceRange]
    }

    enum PathStep {
        case field(String)
        case index

        var fieldName: String? {
            if case .field(let name) = self { return name }
            return nil
        }

        /// How many of the path's indices the step takes.
        var indexCount: Int { fieldName == nil ? 1 : 0 }
    }

    /// Code whose errors go to `target`, with the caught record in `register`.
    struct Handler {
        let start: Int
        let end: Int
        let target: Int
        let register: Register
    }

    /// A part of a string with interpolations.
    enum StringPiece {
        case text(String)
        /// The next register's value.
        case value
    }

    struct FormulaTemplate {
        struct Term {
            let text: String
            let columns: [String]
            let constant: Double?
            let chunk: Chunk
        }

        let text: String
        let left: [Term]
        let right: [Term]
    }

    /// All that the compiler gathers.
    struct Contents {
        var name = ""
        var help = ""
        var heading = ""
        var parameters: [Parameter] = []
        var hasRest = false
        var code: [Instruction] = []
        var ranges: [SourceRange] = []
        var constants: [Value] = []
        var registerCount = 1
        /// Cells that the function makes itself.
        var cellCount = 0
        /// Where the enclosing function finds what a closure of this chunk captures.
        var captureSources: [NamePlace] = []
        var cellSources: [NamePlace] = []
        var functions: [Chunk] = []
        var handlers: [Handler] = []
        var callShapes: [CallShape] = []
        var callSites: [Int: CallSite] = [:]
        var shapes: [Record.Shape] = []
        var fieldNames: [String] = []
        var paths: [[PathStep]] = []
        var formats: [FormatSpec] = []
        var strings: [[StringPiece]] = []
        var formulas: [FormulaTemplate] = []
        var imports: [Module] = []
    }

    /// What a call and the loop need, as plain data: nothing here counts references.
    struct Entry {
        let code: UnsafePointer<Instruction>
        let constants: UnsafePointer<Value>
        /// By the index of the string: its pieces.
        let strings: UnsafePointer<UnsafeBufferPointer<StringPiece>>
        let registerCount: Int
        let parameterCount: Int
        /// Whether a call with exactly all parameters needs no more than a new frame.
        let isPlain: Bool
        unowned(unsafe) let chunk: Chunk
        unowned(unsafe) let module: Module
    }

    let source: SourceFile
    let module: Module
    let contents: Contents
    private let code: UnsafeMutablePointer<Instruction>
    private let constants: UnsafeMutablePointer<Value>
    private let strings: UnsafeMutablePointer<UnsafeBufferPointer<StringPiece>>
    let entry: UnsafeMutablePointer<Entry>
    let requiredCount: Int

    init(_ contents: Contents, source: SourceFile, module: Module) {
        self.contents = contents
        self.source = source
        self.module = module
        code = .allocate(capacity: contents.code.count)
        code.initialize(from: contents.code, count: contents.code.count)
        constants = .allocate(capacity: contents.constants.count)
        constants.initialize(from: contents.constants, count: contents.constants.count)
        strings = .allocate(capacity: contents.strings.count)
        for (index, pieces) in contents.strings.enumerated() {
            let copy = UnsafeMutableBufferPointer<StringPiece>.allocate(capacity: pieces.count)
            _ = copy.initialize(from: pieces)
            (strings + index).initialize(to: UnsafeBufferPointer(copy))
        }
        requiredCount = contents.parameters.lazy.filter { !$0.hasDefault }.count - (contents.hasRest ? 1 : 0)
        entry = .allocate(capacity: 1)
        entry.initialize(
            to: Entry(
                code: code, constants: constants, strings: strings, registerCount: contents.registerCount,
                parameterCount: contents.parameters.count,
                isPlain: !contents.hasRest && contents.cellCount == 0 && contents.cellSources.isEmpty,
                chunk: self, module: module))
    }

    deinit {
        entry.deallocate()
        for index in contents.strings.indices {
            let pieces = UnsafeMutableBufferPointer(mutating: strings[index])
            pieces.deinitialize()
            pieces.deallocate()
        }
        strings.deallocate()
        code.deinitialize(count: contents.code.count)
        code.deallocate()
        constants.deinitialize(count: contents.constants.count)
        constants.deallocate()
    }

    var registerCount: Int { entry.pointee.registerCount }
    var parameterCount: Int { entry.pointee.parameterCount }

    var name: String { contents.name }
    var help: String { contents.help }
    var heading: String { contents.heading }

    func range(at pc: Int) -> SourceRange { contents.ranges[pc] }
    func place(at pc: Int) -> Place { Place(source: source, range: range(at: pc)) }
}
