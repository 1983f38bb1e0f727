import CCmark
import Glibc

/// Prose in Markdown (CommonMark 0.30) to HTML, by cmark in its safe mode: raw HTML is left out, and so are links that
/// could run a script. The only file that calls cmark.
struct CommonMark {
    struct Heading: Equatable {
        let level: Int
        let text: String
    }

    private let markdown: String

    init(_ markdown: String) { self.markdown = markdown }

    /// The headings in order.
    var headings: [Heading] {
        withDocument { document in
            CommonMark.nodes(of: document, CMARK_NODE_HEADING).map(CommonMark.heading)
        }
    }

    /// - Parameters:
    ///   - startTag: the opening tag of a heading, by its index: it has an id.
    ///   - endTag: its closing tag, and what follows it.
    ///   - embed: the data URI of an image; where it is nil the page shows a link, because it loads nothing.
    func html(
        startTag: (Int, Heading) -> String, endTag: (Int, Heading) -> String, embed: (_ address: String) -> String?
    ) -> String {
        withDocument { document in
            for image in CommonMark.nodes(of: document, CMARK_NODE_IMAGE) { CommonMark.embed(image, embed) }
            for (index, node) in CommonMark.nodes(of: document, CMARK_NODE_HEADING).enumerated() {
                let heading = CommonMark.heading(node)
                let element = cmark_node_new(CMARK_NODE_CUSTOM_BLOCK)
                cmark_node_set_on_enter(element, startTag(index, heading))
                cmark_node_set_on_exit(element, endTag(index, heading))
                CommonMark.moveChildren(of: node, to: element)
                CommonMark.replace(node, with: element)
            }
            // Safe mode is the default; there is only a switch for the other.
            guard let text = cmark_render_html(document, CMARK_OPT_DEFAULT | CMARK_OPT_VALIDATE_UTF8) else { return "" }
            defer { free(text) }
            return String(cString: text)
        }
    }

    private func withDocument<Result>(_ body: (OpaquePointer?) -> Result) -> Result {
        let bytes = Array(markdown.utf8)
        let document = bytes.withUnsafeBytes {
            cmark_parse_document($0.baseAddress?.assumingMemoryBound(to: CChar.self), $0.count, CMARK_OPT_DEFAULT)
        }
        defer { cmark_node_free(document) }
        return body(document)
    }

    // MARK: The tree

    private static func nodes(of document: OpaquePointer?, _ type: cmark_node_type) -> [OpaquePointer] {
        let iterator = cmark_iter_new(document)
        defer { cmark_iter_free(iterator) }
        var found: [OpaquePointer] = []
        while true {
            let event = cmark_iter_next(iterator)
            if event == CMARK_EVENT_DONE { return found }
            guard event == CMARK_EVENT_ENTER, let node = cmark_iter_get_node(iterator) else { continue }
            if cmark_node_get_type(node) == type { found.append(node) }
        }
    }

    private static func heading(_ node: OpaquePointer) -> Heading {
        let iterator = cmark_iter_new(node)
        defer { cmark_iter_free(iterator) }
        var text = ""
        while true {
            let event = cmark_iter_next(iterator)
            if event == CMARK_EVENT_DONE { break }
            guard event == CMARK_EVENT_ENTER, let part = cmark_iter_get_node(iterator) else { continue }
            switch cmark_node_get_type(part) {
            case CMARK_NODE_TEXT, CMARK_NODE_CODE:
                if let literal = cmark_node_get_literal(part) { text += String(cString: literal) }
            case CMARK_NODE_SOFTBREAK, CMARK_NODE_LINEBREAK: text += " "
            default: break
            }
        }
        return Heading(level: Int(cmark_node_get_heading_level(node)), text: text)
    }

    private static func embed(_ image: OpaquePointer, _ embed: (String) -> String?) {
        guard let url = cmark_node_get_url(image) else { return }
        let address = String(cString: url)
        if let data = embed(address) {
            cmark_node_set_url(image, data)
            return
        }
        // Links do not nest: inside one the picture's description is enough.
        let link = cmark_node_new(isInLink(image) ? CMARK_NODE_CUSTOM_INLINE : CMARK_NODE_LINK)
        cmark_node_set_url(link, address)
        moveChildren(of: image, to: link)
        if cmark_node_first_child(link) == nil {
            let text = cmark_node_new(CMARK_NODE_TEXT)
            cmark_node_set_literal(text, address)
            cmark_node_append_child(link, text)
        }
        replace(image, with: link)
    }

    private static func isInLink(_ node: OpaquePointer) -> Bool {
        var ancestor = cmark_node_parent(node)
        while let current = ancestor {
            if cmark_node_get_type(current) == CMARK_NODE_LINK { return true }
            ancestor = cmark_node_parent(current)
        }
        return false
    }

    private static func moveChildren(of node: OpaquePointer?, to other: OpaquePointer?) {
        while let child = cmark_node_first_child(node) {
            cmark_node_unlink(child)
            guard cmark_node_append_child(other, child) == 1 else {
                cmark_node_free(child)
                continue
            }
        }
    }

    private static func replace(_ node: OpaquePointer, with other: OpaquePointer?) {
        guard cmark_node_replace(node, other) == 1 else {
            cmark_node_free(other)
            return
        }
        cmark_node_free(node)
    }
}
