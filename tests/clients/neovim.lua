-- Run by test_neovim.py: waits for what the server shows of the open file, edits it, and writes all that to a file.
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

look(true)
local line = vim.api.nvim_buf_get_lines(0, 3, 4, true)[1]
vim.api.nvim_buf_set_lines(0, 3, 4, true, { (line:gsub("imei", "hashCode()")) })
look(false)
vim.api.nvim_buf_set_lines(0, 3, 4, true, { "", line })
look(true)
vim.fn.writefile({ vim.fn.json_encode(shown) }, vim.env.PRIVLINT_SHOWN)
vim.cmd("qall!")
