/// Every mark there is, sorted by name. Made by `make catalogue` from the types of this folder that conform to `Mark`.
public enum MarkCatalogue {
    public static let all: [any Mark.Type] = [
        Band.self,
        Bars.self,
        BoxPlot.self,
        Density.self,
        ErrorBars.self,
        HeatMap.self,
        Histogram.self,
        Lines.self,
        Points.self,
        Regression.self,
        Ribbon.self,
        Rule.self,
        Strip.self,
        Text.self,
    ]
}
