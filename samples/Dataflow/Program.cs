using System.Globalization;
using Mlir.Dataflow;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
var pictures = args is [var folder] ? folder : ".";

// The volatility of twenty years of stock prices: a foreign function reads the file, one algorithm runs as it is, the others are compiled into one.
var finance = new Resolver().AddPlugin(typeof(Finance));
var flow = new Flow(finance);
var file = Path.Combine(AppContext.BaseDirectory, "data", "sp500-2000.csv");
var prices = flow.Run(() => Finance.Read(file));
var growth = flow.Call<Finance.Log>(flow.Call<Finance.Ratios>(prices));
var centred = flow.Call<Finance.Centre>(growth, flow.Call<Finance.Mean>(growth));
var variance = flow.Call<Finance.Variance>(flow.Call<Finance.Square>(centred));
var volatility = flow.Call<Finance.Annualize>(variance, 252.0);
Console.WriteLine($"S&P 500, 2000 to 2020: volatility {await volatility.As<double>().ComputeAsync():P2} a year");
volatility.Save(Path.Combine(pictures, "prices.svg"));

// PageRank of a graph with a million edges against the number of edges that end at each vertex: both algorithms want sorted edges, so that one
// translation is inserted for the two; what follows is fused across its branches.
var web = new Flow(new Resolver().AddPlugin(typeof(Web)));
var edges = web.Input(EdgeList.RMat(scale: 16, edgesPerVertex: 16, seed: 1), "edges");
const double Vertices = 1 << 16;
var rank = web.Call<Web.PageRank>(edges);
var degree = web.Call<Web.InDegree>(edges);
var x = web.Call<Web.Centre>(web.Call<Web.LogOfShare>(rank, 0.0, 1.0));
var y = web.Call<Web.Centre>(web.Call<Web.LogOfShare>(degree, 1.0, 16 * Vertices));
var correlation = web.Call<Web.Correlation>(
    web.Call<Web.Product>(x, y),
    web.Call<Web.Product>(x, x),
    web.Call<Web.Product>(y, y)
);
Console.WriteLine(
    $"R-MAT, 1,048,576 edges: log rank ~ log degree {await correlation.As<double>().ComputeAsync():0.0000}"
);
correlation.Save(Path.Combine(pictures, "web.svg"));
