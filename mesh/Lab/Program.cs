using Bookinfo.Mesh.Lab;
using Bookinfo.Mesh.Lab.Hosting;

using var signals = new StopSignals();
return await LabProgram.RunAsync(args, Console.Out, Console.Error, signals.Token);
