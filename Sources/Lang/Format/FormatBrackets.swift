// What stands in brackets: elements and their commas, with the comments around each.

/// How brackets that do not fit on a line are broken.
enum BracketStyle {
    /// An element a line, with a comma behind the last.
    case elements
    /// As many elements a line as fit: lists of numbers.
    case filled
    /// The last element may span lines while the brackets do not.
    case hugging
    /// One part, behind which no comma may stand.
    case single
    /// One string: not at all, because nothing would be gained.
    case lone
}

extension FormatSyntax {
    /// A comma behind the last element keeps the brackets broken, whatever their style.
    mutating func brackets(
        count: Int, _ style: BracketStyle = .elements, element: (inout FormatSyntax, Int) -> FormatDocument
    ) -> FormatDocument {
        let open = token()
        var inside: [FormatDocument] = []
        var isBroken = false
        var last = FormatDocument.empty
        if count > 0 { inside.append(line(.nothing)) }
        for index in 0..<count {
            last = element(&self, index)
            if index < count - 1 {
                inside += [last, comma(), separator(style)]
            } else if at(.comma) {
                isBroken = true
                inside += [last, comma()]
            } else {
                inside += [style == .hugging ? .hug(last) : last, style == .single ? .empty : .trailingComma]
            }
        }
        inside.append(comments())
        if count == 0 || style == .lone, !isBroken, !inside.contains(where: \.breaks) {
            return .sequence([open, last, token()])
        }
        return .group([open, .indent(inside), .line(.nothing), token()], broken: isBroken)
    }

    private mutating func separator(_ style: BracketStyle) -> FormatDocument {
        let line = line(.space, keepsBlank: true)
        // A group of its own ends the line only where the next element does not fit.
        return style == .filled ? .group([line]) : line
    }

    /// The comma at the cursor. Comments before it come behind it, to stay beside what they are about.
    private mutating func comma() -> FormatDocument {
        let before = gap.comments
        let comments = comments()
        let sign = token()
        return .sequence(separates(before) ? [comments, sign] : [sign, comments])
    }
}
