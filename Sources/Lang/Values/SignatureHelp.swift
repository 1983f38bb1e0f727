// The help of a function as text: heading, summary, parameters, example. The terminal, `help(f)` and the display of a
// native print it; the reference page is made from the same signatures.

/// Help texts.
public enum SignatureHelp {
    public static func text(of native: NativeFunction, width: Int) -> String {
        native.signatures.map { text(of: $0) }.joined(separator: "\n\n")
    }

    public static func text(of signature: Signature) -> String {
        var parts = [heading(of: signature) + "\n  " + signature.summary]
        if !signature.text.isEmpty { parts.append(indent(signature.text)) }
        let parameters = signature.parameters.map(line(of:))
        if !parameters.isEmpty { parts.append(parameters.joined(separator: "\n")) }
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
        let help = parameter.help.isEmpty ? parameter.kind.phrase : "\(parameter.help) (\(parameter.kind.phrase))"
        return "  \(parameter.name): \(help)"
    }

    private static func indent(_ text: String, by columns: Int = 2) -> String {
        text.split(separator: "\n", omittingEmptySubsequences: false)
            .map { String(repeating: " ", count: columns) + $0 }.joined(separator: "\n")
    }
}
