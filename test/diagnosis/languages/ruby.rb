# Reads a JSON body and writes it again, in the way that the argument names.
require 'json'

value = JSON.parse($stdin.read)
print ARGV[0] == 'pretty' ? JSON.pretty_generate(value) : JSON.generate(value)
