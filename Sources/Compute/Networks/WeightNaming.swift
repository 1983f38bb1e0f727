/// What another library calls the parameters of a network: by it `load_weights` reads that library's files.
public struct WeightNaming: Sendable {
    /// "timm", "torchvision" or "pretrainedmodels".
    public let library: String
    /// The library's name of the parameter that the graph calls e.g. "stage1.block1.conv1.weight"; nil where it has none.
    public let name: @Sendable (String) -> String?
}

extension WeightNaming {
    /// A naming by rules from our node's path to the library's; the first that fits decides.
    ///
    /// In a rule's left side `#` stands for a number and `*` for any word; on the right `{1}` repeats what the first of them
    /// stood for, `{2-1}` or `{2+5}` a number with so much taken off or added. "stage#.conv#" → "layer{1}.{2-1}.conv". Parameters
    /// of PyTorch's batch normalisation are called running_mean and running_var.
    ///
    /// `units` are rules for whole convolution units, which libraries store as `conv` and `bn`.
    init(
        _ library: String, units: KeyValuePairs<String, String> = [:], rules: KeyValuePairs<String, String>
    ) {
        self.init(library, units: units.map { ($0.key, $0.value) }, rules: rules.map { ($0.key, $0.value) })
    }

    /// The same for rules that are computed.
    init(_ library: String, units: [(String, String)], rules: [(String, String)]) {
        let parts = [("convolution1", "conv"), ("batch_norm1", "bn")]
        let whole = units.flatMap { unit in parts.map { ("\(unit.0).\($0.0)", "\(unit.1).\($0.1)") } }
        let compiled = (whole + rules).map { NameRule($0.0, $0.1) }
        self.init(library: library) { full in
            guard let dot = full.lastIndex(of: ".") else { return nil }
            let (path, parameter) = (full[..<dot], full[full.index(after: dot)...])
            guard let name = compiled.lazy.compactMap({ $0.apply(to: path) }).first else { return nil }
            switch parameter {
            case "mean": return name + ".running_mean"
            case "variance": return name + ".running_var"
            default: return name + "." + parameter
            }
        }
    }
}

/// One rule of a naming.
private struct NameRule: Sendable {
    private enum Piece: Sendable {
        case text(String)
        case number, word
        /// On the right side: which capture, and what to add to it.
        case capture(Int, plus: Int)
    }
    private let pattern: [Piece]
    private let result: [Piece]

    init(_ pattern: String, _ result: String) {
        self.pattern = NameRule.pieces(pattern) { $0 == "#" ? .number : $0 == "*" ? .word : nil }
        self.result = result.split(separator: "{", omittingEmptySubsequences: false).enumerated().flatMap {
            index, part -> [Piece] in
            guard index > 0, let end = part.firstIndex(of: "}") else { return [.text(String(part))] }
            return [NameRule.capture(part[..<end]), .text(String(part[part.index(after: end)...]))]
        }
    }

    func apply(to path: Substring) -> String? {
        var (rest, captures): (Substring, [Substring]) = (path, [])
        for piece in pattern {
            switch piece {
            case .text(let text):
                guard rest.hasPrefix(text) else { return nil }
                rest = rest.dropFirst(text.count)
                continue
            case .number: captures.append(rest.prefix { $0.isNumber })
            case .word, .capture: captures.append(rest.prefix { $0 != "." })
            }
            guard let last = captures.last, !last.isEmpty else { return nil }
            rest = rest.dropFirst(last.count)
        }
        return rest.isEmpty ? written(captures) : nil
    }

    private func written(_ captures: [Substring]) -> String {
        result.map { piece in
            switch piece {
            case .text(let text): return text
            case .capture(let index, let plus):
                guard captures.indices.contains(index) else { return "" }
                return plus == 0 ? String(captures[index]) : "\((Int(captures[index]) ?? 0) + plus)"
            case .number, .word: return ""
            }
        }.joined()
    }

    private static func pieces(_ text: String, _ wildcard: (Character) -> Piece?) -> [Piece] {
        var (pieces, literal): ([Piece], String) = ([], "")
        for character in text {
            if let piece = wildcard(character) {
                pieces += [.text(literal), piece]
                literal = ""
            } else {
                literal.append(character)
            }
        }
        return pieces + [.text(literal)]
    }

    /// "1", "2-1", "2+5".
    private static func capture(_ text: Substring) -> Piece {
        let sign = text.firstIndex { $0 == "+" || $0 == "-" }
        let plus = sign.flatMap { Int(text[$0...]) } ?? 0
        return .capture((Int(text[..<(sign ?? text.endIndex)]) ?? 1) - 1, plus: plus)
    }
}
