/// MNIST, handwritten digits: LeCun, Bottou, Bengio and Haffner 1998.
extension DatasetLayout {
    public static let mnist = DatasetLayout(
        "mnist", title: "MNIST", page: "http://yann.lecun.com/exdb/mnist/", classes: (0..<10).map(String.init),
        nativeShape: [1, 28, 28], expects: IdxPair.files.map { $0 + ".gz" }, sizes: [.train: 60_000, .test: 10_000],
        folders: ["mnist", "MNIST/raw"]
    ) { folder, shape, _, monitor in
        try IdxPair.read(folder: folder, suffix: ".gz", classes: 10, shape: shape, monitor: monitor)
    }
}
