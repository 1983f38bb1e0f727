import Lang

/// The reference of the standard library, for the terminal and as Markdown, from the signatures alone.
struct Reference {
    private let signatures: [Signature]

    init(_ signatures: [Signature]) { self.signatures = signatures }

    /// Groups in order of first appearance, names sorted.
    private var groups: [(name: String, members: [Signature])] {
        var order: [String] = []
        for signature in signatures where !order.contains(Reference.title(signature)) {
            order.append(Reference.title(signature))
        }
        return order.map { title in
            (title, signatures.filter { Reference.title($0) == title }.sorted { $0.name < $1.name })
        }
    }

    /// Groups may be written in small letters where they are declared.
    private static func title(_ signature: Signature) -> String {
        signature.group.prefix(1).uppercased() + signature.group.dropFirst()
    }

    /// Every function with its summary, in lines of at most `width` columns.
    func index(width: Int) -> String {
        groups.map { group in
            let lines = group.members.map {
                TextWidth.filled("  \($0.name.padded(toDisplayWidth: 17)) \($0.summary)", width: width, indent: 20)
            }
            return ([group.name] + lines).joined(separator: "\n") + "\n"
        }.joined(separator: "\n")
    }

    /// Everything about the functions of a name; nil when there is none.
    func text(of name: String, width: Int) -> String? {
        let found = signatures.filter { $0.name == name }.map { SignatureHelp.text(of: $0, width: width) }
        return found.isEmpty ? nil : found.joined(separator: "\n") + "\n"
    }

    var markdown: String {
        let chapters = groups.map { group in
            let entries = group.members.map { signature in
                let text = signature.text.isEmpty ? "" : "\n" + signature.text + "\n"
                return
                    "### `\(SignatureHelp.heading(of: signature))`\n\n\(signature.summary)\n\(text)\n```tx\n\(signature.example)\n```\n"
            }
            return "## \(group.name)\n\n" + entries.joined(separator: "\n")
        }
        return
            "# Reference\n\nMade by `make docs` from the signatures of the functions; every example runs in the tests.\n\n"
            + chapters.joined(separator: "\n")
    }
}
