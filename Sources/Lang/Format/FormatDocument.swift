// What the printer lays out: texts, places where a line may end, and groups, which stand on one line when they fit and
// otherwise end a line at every such place (Wadler, "A prettier printer", 2003). A document knows whether it cannot
// stand on one line, so that nothing is measured in vain.

struct FormatDocument: Sendable {
    indirect enum Kind: Sendable {
        /// Bytes of the source. A string may span lines: then the first and the last of them count.
        case source(SourceRange, width: Int, lastWidth: Int?)
        case space
        /// Where a line may end; `flat` is what stands there when it does not. `isBlank`: an empty line follows.
        case line(Flat, isBlank: Bool)
        /// The comma behind the last element, where the brackets around it are broken.
        case trailingComma
        case comment(Comment, isBlank: Bool)
        case sequence([FormatDocument])
        /// One level to the right, if the group around it is broken.
        case indent([FormatDocument])
        /// What stands on one line if it can.
        case group([FormatDocument], isBroken: Bool)
        /// The last part of a group that may span lines while the group around it does not: `f(x, y => {`.
        case hug([FormatDocument])
    }

    enum Flat: Sendable { case space, nothing, never }

    let kind: Kind
    /// Whether it cannot stand on one line.
    let breaks: Bool
    /// The same for the group around it, which may stay whole around what it hugs.
    let breaksGroup: Bool

    private init(_ kind: Kind, breaks: Bool = false, breaksGroup: Bool? = nil) {
        self.kind = kind
        self.breaks = breaks
        self.breaksGroup = breaksGroup ?? breaks
    }

    private init(_ kind: Kind, of parts: [FormatDocument]) {
        self.kind = kind
        breaks = parts.contains(where: \.breaks)
        breaksGroup = parts.contains(where: \.breaksGroup)
    }

    static let space = FormatDocument(.space)
    static let trailingComma = FormatDocument(.trailingComma)
    static let empty = FormatDocument(.sequence([]))

    static func source(_ range: SourceRange, width: Int, lastWidth: Int? = nil) -> FormatDocument {
        FormatDocument(.source(range, width: width, lastWidth: lastWidth))
    }

    static func line(_ flat: Flat, isBlank: Bool = false) -> FormatDocument {
        FormatDocument(.line(flat, isBlank: isBlank), breaks: flat == .never)
    }

    static func comment(_ comment: Comment, isBlank: Bool = false) -> FormatDocument {
        FormatDocument(.comment(comment, isBlank: isBlank), breaks: true)
    }

    static func sequence(_ parts: [FormatDocument]) -> FormatDocument {
        FormatDocument(.sequence(parts), of: parts)
    }

    static func indent(_ parts: [FormatDocument]) -> FormatDocument {
        FormatDocument(.indent(parts), of: parts)
    }

    /// - Parameter broken: whether it is broken even if it would fit.
    static func group(_ parts: [FormatDocument], broken: Bool = false) -> FormatDocument {
        let isBroken = broken || parts.contains(where: \.breaksGroup)
        return FormatDocument(
            .group(parts, isBroken: isBroken), breaks: isBroken || parts.contains(where: \.breaks))
    }

    static func hug(_ part: FormatDocument) -> FormatDocument {
        FormatDocument(.hug([part]), breaks: part.breaks, breaksGroup: false)
    }
}
