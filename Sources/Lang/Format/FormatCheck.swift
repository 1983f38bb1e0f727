// The formatter's promise, checked on every file before it is handed out: the same tokens and comments in the same
// order, the same cells, the same tree. A mistake in a layout rule thus costs an error message, never a script.

enum FormatCheck {
    /// A token that carries meaning, or a comment.
    private struct Item {
        let range: SourceRange
        let isComment: Bool
    }

    /// What is wrong with a layout; nil when it means the same as its source.
    static func problem(_ tree: SyntaxTree, _ tokens: [Token], in result: SourceFile) -> Diagnostic? {
        let source = tree.source
        let resultTokens = Lexer.tokens(of: result)
        let (before, after) = (items(tokens, of: source), items(resultTokens, of: result))
        for (old, new) in zip(before, after) where !matches(old, in: source, new, in: result) {
            return SyntaxMessages.layoutChangesMeaning(Place(source: source, range: old.range))
        }
        let (newTree, diagnostics) = Parser.parse(result, tokens: resultTokens, nesting: Limits().nesting)
        if before.count == after.count, diagnostics.isEmpty, cells(of: source) == cells(of: result),
            SyntaxDump.dump(tree) == SyntaxDump.dump(newTree)
        {
            return nil
        }
        return SyntaxMessages.layoutChangesMeaning(Place(source: source, range: .beginning))
    }

    /// All comments, and all tokens but `;` and commas: those come, go, and change places with a comment, and where they
    /// matter the tree shows it.
    private static func items(_ tokens: [Token], of source: SourceFile) -> [Item] {
        var items: [Item] = []
        items.reserveCapacity(tokens.count)
        for (index, token) in tokens.enumerated() {
            let comments = Gap(before: index, of: tokens, in: source.bytes).comments
            items += comments.map { Item(range: $0.range, isComment: true) }
            if token.kind == .semicolon || token.kind == .comma { continue }
            items.append(Item(range: token.range, isComment: false))
        }
        return items
    }

    private static func matches(_ old: Item, in source: SourceFile, _ new: Item, in result: SourceFile) -> Bool {
        old.isComment == new.isComment
            && source.bytes[old.range.start..<old.range.end].elementsEqual(
                result.bytes[new.range.start..<new.range.end])
    }

    /// Prose, and where marks begin cells. A cell of code is no more than what stands between those.
    private static func cells(of source: SourceFile) -> [String] {
        Cells.cut(source).compactMap { cell in
            if cell.kind == .prose { return SyntaxDump.withoutTrailingSpaces(cell.text) }
            return cell.text.hasPrefix("#%%") ? "#%%" : nil
        }
    }
}
