System.Console.WriteLine("Bookinfo Lab");
