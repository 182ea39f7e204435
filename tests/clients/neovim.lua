-- Run by test_neovim.py: opens a file, waits for the server, edits, and writes what was shown to a file.
local python, source, output = unpack(vim.fn.json_decode(vim.env.PRIVLINT_TEST))
local shown = {}

local function look(want)
  vim.wait(30000, function()
    return (#vim.diagnostic.get(0) > 0) == want
  end, 20)
  local found = {}
  for _, one in ipairs(vim.diagnostic.get(0)) do
    table.insert(found, { code = one.code, line = one.lnum, byte = one.col, severity = one.severity })
  end
  table.insert(shown, found)
end

vim.cmd("edit " .. vim.fn.fnameescape(source))
vim.bo.filetype = "kotlin"
local settings = {
  name = "privlint",
  cmd = { python, "-m", "privlint.cli", "server" },
  root_dir = vim.fn.fnamemodify(source, ":h"),
}
if vim.lsp.start then
  vim.lsp.start(settings)
else -- before Neovim 0.8
  vim.lsp.buf_attach_client(0, vim.lsp.start_client(settings))
end

look(true)
local line = vim.api.nvim_buf_get_lines(0, 3, 4, true)[1]
vim.api.nvim_buf_set_lines(0, 3, 4, true, { (line:gsub("imei", "hashCode()")) })
look(false)
vim.api.nvim_buf_set_lines(0, 3, 4, true, { "", line })
look(true)
vim.fn.writefile({ vim.fn.json_encode(shown) }, output)
vim.cmd("qall!")
