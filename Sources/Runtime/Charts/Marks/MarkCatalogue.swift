/// Every mark there is, sorted by name. Made by `make catalogue` from the types of this folder that conform to `Mark`.
public enum MarkCatalogue {
    public static let all: [any Mark.Type] = [
        Bars.self,
        ErrorBars.self,
        Histogram.self,
        Lines.self,
        Points.self,
        Regression.self,
        Rule.self,
        Text.self,
    ]
}
