/// Text that was made for a terminal.
enum TerminalText {
    /// Without colours and other escape sequences (ECMA-48: `ESC [`, parameters, a letter), for files.
    static func withoutSequences(_ text: String) -> String {
        guard text.utf8.contains(0x1B) else { return text }
        var result = ""
        var scalars = text.unicodeScalars[...]
        while let scalar = scalars.popFirst() {
            guard scalar == "\u{1B}" else {
                result.unicodeScalars.append(scalar)
                continue
            }
            guard scalars.first == "[" else { continue }
            scalars.removeFirst()
            // Parameters and intermediates, then the final byte.
            while let next = scalars.popFirst(), !(0x40...0x7E).contains(next.value) {}
        }
        return result
    }
}
