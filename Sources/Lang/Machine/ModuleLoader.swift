// Imports: finds the files, compiles each once, and refuses cycles. All of it happens before anything runs, so that a
// mistake in an imported file is found as early as one in the script.

import Glibc

/// Compiles a source with everything it imports.
struct ModuleLoader {
    let builtins: Builtins
    let nesting: Int
    /// Imported files by canonical path.
    var modules: [String: Module] = [:]
    /// Whether the source is looked at for warnings too; what it imports never is.
    var warns = false
    private var diagnostics: [Diagnostic] = []
    /// Files whose imports are being loaded, outermost first: canonical path and name.
    private var open: [(path: String, name: String)] = []

    init(builtins: Builtins, nesting: Int) {
        self.builtins = builtins
        self.nesting = nesting
    }

    /// - Parameter cells: the parts of the top level that are run one after the other; all of it is one when empty.
    /// - Returns: the compiled top level, a chunk a cell and none when something is wrong, and what is wrong, file by
    ///   file.
    mutating func load(
        _ source: SourceFile, into module: Module, redefine: Bool, displays: Bool, cells: [SourceRange] = []
    ) -> (chunks: [Chunk], diagnostics: [Diagnostic]) {
        diagnostics = []
        open = []
        let chunks = compile(source, into: module, redefine: redefine, displays: displays, cells: cells)
        return (chunks, diagnostics.inOrder)
    }

    private mutating func compile(
        _ source: SourceFile, into module: Module, redefine: Bool, displays: Bool, cells: [SourceRange] = []
    ) -> [Chunk] {
        let (tree, problems) = Parser.parse(source, nesting: nesting)
        diagnostics += problems
        open.append((source.path.map { Self.canonical($0) ?? $0 } ?? "", source.name))
        let imports = loadImports(of: tree)
        open.removeLast()
        let (resolution, unresolved) = Resolver.resolve(
            tree, in: module, builtins: builtins, imports: imports, redefine: redefine)
        let names = KnownNames(tree, resolution, module: module, builtins: builtins, redefine: redefine)
        diagnostics += unresolved + StaticChecks.errors(tree, names, syntaxErrors: problems)
        if warns, open.isEmpty, problems.isEmpty, unresolved.isEmpty {
            diagnostics += StaticChecks.warnings(tree, resolution, builtins: builtins)
        }
        guard diagnostics.allSatisfy({ $0.severity == .warning }) else { return [] }
        var chunks: [Chunk] = []
        for statements in tree.statements(in: cells) {
            let (chunk, overflow) = Compiler.compile(
                statements, of: tree, resolution, module: module, builtins: builtins, imports: imports,
                displays: displays)
            chunks.append(chunk)
            diagnostics += overflow
        }
        return chunks
    }

    private mutating func loadImports(of tree: SyntaxTree) -> [String: Module] {
        var imports: [String: Module] = [:]
        for found in tree.imports where imports[found.path] == nil {
            let place = Place(source: tree.source, range: found.range)
            imports[found.path] = loadImport(found.path, from: tree.source, at: place)
        }
        return imports
    }

    private mutating func loadImport(_ path: String, from source: SourceFile, at place: Place) -> Module? {
        let full = Self.resolve(path, against: source.path)
        guard let canonical = Self.canonical(full) else {
            diagnostics.append(NameMessages.importNotRead(place, path, reason: String(cString: strerror(errno))))
            return nil
        }
        if let start = open.firstIndex(where: { $0.path == canonical }) {
            let cycle = open[start...].map(\.name) + [open[start].name]
            diagnostics.append(NameMessages.importCycle(place, cycle))
            return nil
        }
        if let known = modules[canonical] { return known }
        do {
            let imported = try SourceFile(path: full, name: Self.resolve(path, against: source.name))
            let module = Module(source: imported)
            modules[canonical] = module
            module.chunk = compile(imported, into: module, redefine: false, displays: false).first
            return module
        } catch {
            let reason = (error as? FileProblem)?.reason ?? "\(error)"
            diagnostics.append(NameMessages.importNotRead(place, path, reason: reason))
            return nil
        }
    }

    /// A relative path starts at the importing file's folder.
    private static func resolve(_ path: String, against file: String?) -> String {
        guard !path.hasPrefix("/"), let file, let slash = file.lastIndex(of: "/") else { return path }
        return file[...slash] + path
    }

    /// The path without links and `..`; nil (and `errno`) when there is no such file.
    private static func canonical(_ path: String) -> String? {
        guard let resolved = realpath(path, nil) else { return nil }
        defer { free(resolved) }
        return String(cString: resolved)
    }
}

extension SyntaxTree {
    /// The statements of each cell: those that begin in it, or behind it and before the next. All in one for no cells.
    fileprivate func statements(in cells: [SourceRange]) -> [ArraySlice<Statement>] {
        var first = statements.startIndex
        return (0..<max(1, cells.count)).map { index in
            let next = index + 1 < cells.count ? cells[index + 1].start : Int.max
            let end = statements[first...].firstIndex { $0.range.start >= next } ?? statements.endIndex
            defer { first = end }
            return statements[first..<end]
        }
    }

    /// Imports anywhere in the file, in order.
    fileprivate var imports: [(path: String, range: SourceRange)] {
        var found: [(String, SourceRange)] = []
        SyntaxWalk.statements(of: self) { statement in
            if case .importFile(let path, let range, _) = statement.kind { found.append((path, range)) }
        }
        return found
    }
}
