import Glibc

/// Where a text that starts at a prompt leads to on a screen that wraps its lines, as libedit lays it out.
struct ScreenPlace: Equatable {
    var row = 0
    var column = 0

    /// The place after `text` when writing starts here.
    func after(_ text: String, width: Int) -> ScreenPlace {
        var place = self
        let width = max(1, width)
        for scalar in text.unicodeScalars {
            if scalar == "\n" {
                place = ScreenPlace(row: place.row + 1)
                continue
            }
            let columns = scalar == "\t" ? 8 - place.column % 8 : ScreenPlace.columns(scalar)
            if scalar != "\t", place.column + columns > width { place = ScreenPlace(row: place.row + 1) }
            place.column += columns
            if place.column >= width { place = ScreenPlace(row: place.row + 1) }
        }
        return place
    }

    /// Columns that a character takes: 0 for a combining one, 2 for a wide one or a control character (`^A`).
    static func columns(_ scalar: Unicode.Scalar) -> Int {
        if isControl(scalar) { return 2 }
        return TypedLine.columns(scalar)
    }

    static func isControl(_ scalar: Unicode.Scalar) -> Bool { scalar.properties.generalCategory == .control }

    static func columns(_ text: String) -> Int { text.unicodeScalars.reduce(0) { $0 + columns($1) } }
}

/// The size of the window that standard input belongs to.
struct WindowSize: Equatable {
    var rows = 24
    var columns = 80

    /// What cannot be asked, and windows too small to show anything, count as 24 by 80; as libedit does it.
    static var current: WindowSize {
        var size = winsize()
        var result = WindowSize()
        guard ioctl(STDIN_FILENO, UInt(TIOCGWINSZ), &size) == 0 else { return result }
        if size.ws_col >= 2 { result.columns = Int(size.ws_col) }
        if size.ws_row >= 1 { result.rows = Int(size.ws_row) }
        return result
    }
}
