import Testing

@testable import Runtime

@Suite struct ScreenPlaceTests {
    static let places: [(String, Int, Int, Int)] = [
        ("", 10, 0, 0), ("abc", 10, 0, 3), ("abcde", 5, 1, 0), ("abcdef", 5, 1, 1), ("a\nb", 10, 1, 1),
        ("\n\n", 10, 2, 0), ("a\tb", 20, 0, 9), ("ab\u{1}", 10, 0, 4), ("abcd\u{1}", 5, 1, 2), ("abc", 0, 3, 0),
    ]

    @Test(arguments: places) func textWrapsAtTheWidth(text: String, width: Int, row: Int, column: Int) {
        #expect(ScreenPlace().after(text, width: width) == ScreenPlace(row: row, column: column))
    }

    @Test func placesAddUp() {
        let whole = ScreenPlace().after("tx[1]> some text\nover lines", width: 9)
        #expect(ScreenPlace().after("tx[1]> ", width: 9).after("some text\nover lines", width: 9) == whole)
    }
}
