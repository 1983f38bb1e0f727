// The help of a function as text: heading, summary, parameters, example. The terminal, `help(f)` and the display of a
// native print it; the reference page is made from the same signatures.

/// Help texts.
public enum SignatureHelp {
    public static func text(of native: NativeFunction, width: Int) -> String {
        native.signatures.map { text(of: $0, width: width) }.joined(separator: "\n\n")
    }

    public static func text(of signature: Signature, width: Int) -> String {
        var parts = [TextWidth.filled(heading(of: signature), width: width, indent: 4)]
        parts.append(TextWidth.filled("  " + signature.summary, width: width, indent: 2))
        if !signature.text.isEmpty { parts.append(indent(signature.text, width: width)) }
        parts += signature.parameters.map { TextWidth.filled(line(of: $0), width: width, indent: 6) }
        if !signature.example.isEmpty { parts.append("  example:\n" + indent(signature.example, by: 4)) }
        return parts.joined(separator: "\n")
    }

    /// `round(x, digits = 0)`
    public static func heading(of signature: Signature) -> String {
        let parameters = signature.parameters.map { parameter in
            switch parameter.role {
            case .required: parameter.name
            case .optional(let value): "\(parameter.name) = \(ValueDisplay.literal(value))"
            case .rest: "...\(parameter.name)"
            case .namedRest: "name: …"
            }
        }
        return "\(signature.name)(\(parameters.joined(separator: ", ")))"
    }

    private static func line(of parameter: Parameter) -> String {
        let phrase = parameter.kind.phrase
        let isSame = parameter.help.isEmpty || parameter.help == phrase
        return "  \(parameter.name): " + (isSame ? phrase : "\(parameter.help) (\(phrase))")
    }

    private static func indent(_ text: String, by columns: Int = 2, width: Int = .max) -> String {
        text.split(separator: "\n", omittingEmptySubsequences: false).map {
            TextWidth.filled(String(repeating: " ", count: columns) + $0, width: width, indent: columns)
        }.joined(separator: "\n")
    }
}
